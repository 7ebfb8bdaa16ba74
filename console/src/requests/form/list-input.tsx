import { Button, CloseButton, Fieldset, Group as Row, Stack, Text, TextInput } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { type Draft, emptyOf } from './draft.ts';
import type { Kind } from './fields.ts';
import { useForm, useMust } from './form-context.ts';
import type { InputProps } from './input-props.ts';
import { texts } from './texts.ts';
import { wraps } from './wraps.ts';

type ListProps = InputProps<Extract<Kind, { kind: 'list' }>>;

/** Entries that are added and taken away one by one. */
export function ListInput({ of, name, label, at, needed, draft, currency, onChange }: ListProps) {
  const say = useTexts(texts);
  const must = useMust();
  const { isWrong } = useForm();
  const entries = (draft ?? []) as readonly Draft[];
  const isFull = of.most !== undefined && entries.length >= of.most;
  const put = (n: number, entry: Draft) => onChange(entries.map((one, other) => (other === n ? entry : one)));
  const Entry = of.each.kind === 'text' ? Line : Part;
  return (
    <Fieldset legend={needed ? label : `${label} (${say('optional')})`} data-at={at}>
      <Stack gap="sm">
        {entries.map((entry, n) => (
          <Entry
            key={n} // oxlint-disable-line react/no-array-index-key -- entries have no name but their place
            {...{ of: of.each, name, currency, at: `${at}/${n}`, needed: true, draft: entry }}
            label={say('entry', { what: label, n: n + 1 })}
            onChange={(next) => put(n, next)}
            onRemove={() => onChange(entries.filter((_, other) => other !== n))}
          />
        ))}
        {isWrong(at) && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {must(of)}
          </Text>
        )}
        <Button
          variant="default"
          size="sm"
          {...wraps}
          style={{ alignSelf: 'flex-start' }}
          disabled={isFull}
          onClick={() => onChange([...entries, emptyOf(of.each, true)])}
        >
          {say('add', { what: label })}
        </Button>
      </Stack>
    </Fieldset>
  );
}

type EntryProps = InputProps & { onRemove(): void };

/** An entry that is one short text. */
function Line({ of, label, at, draft, onChange, onRemove }: EntryProps) {
  const say = useTexts(texts);
  const must = useMust();
  const { isWrong } = useForm();
  return (
    <Row gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        flex={1}
        aria-label={label}
        data-at={at}
        value={typeof draft === 'string' ? draft : ''}
        error={isWrong(at) && must(of)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <CloseButton size="lg" aria-label={say('remove', { what: label })} onClick={onRemove} />
    </Row>
  );
}

/** An entry of several fields. */
function Part({ onRemove, ...props }: EntryProps) {
  const say = useTexts(texts);
  const { Input } = useForm();
  return (
    <Stack gap={4}>
      <Input {...props} />
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        {...wraps}
        style={{ alignSelf: 'flex-end' }}
        onClick={onRemove}
      >
        {say('remove', { what: props.label })}
      </Button>
    </Stack>
  );
}
