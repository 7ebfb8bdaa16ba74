import { Button, Collapse, Fieldset, NativeSelect, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { chosenFields, chosenOf, currencyIn, emptyGroup, emptyOf, type Group } from './draft.ts';
import type { Field, Kind } from './fields.ts';
import { useForm, useMust } from './form-context.ts';
import { atMost, choiceIn, type InputProps } from './input-props.ts';
import { texts } from './texts.ts';
import { wraps } from './wraps.ts';

interface FieldsProps {
  fields: readonly Field[];
  group: Group;
  /** The JSON pointer to the group. */
  at: string;
  currency: string | undefined;
  onChange(group: Group): void;
}

const isNeeded = ({ required, nullable }: Field) => required && !nullable;
const isSingle = ({ of }: Field) => !['group', 'list', 'one-of'].includes(of.kind);

/** The fields of a group: first what it needs, then what may be added; what else could be said about it is folded. */
export function Fields({ fields, group, at, currency, onChange }: FieldsProps) {
  const words = useWords();
  const { process, Input } = useForm();
  const below = currencyIn(fields, group) ?? currency;
  const spare = fields.filter((field) => !isNeeded(field) && isSingle(field));
  const folds = spare.length > 1 && fields.filter(isNeeded).length > 1;
  const input = (field: Field) => (
    <Input
      key={field.name}
      of={field.of}
      name={field.name}
      label={words.of(process, 'fields', field.name)}
      at={`${at}/${field.name}`}
      needed={isNeeded(field)}
      draft={group[field.name]}
      currency={below}
      onChange={(draft) => onChange({ ...group, [field.name]: draft })}
    />
  );
  return (
    <Stack gap="md">
      {fields.filter((field) => !folds || !spare.includes(field)).map(input)}
      {folds && <Folded fields={spare} group={group} at={at} input={input} />}
    </Stack>
  );
}

function Folded({
  fields,
  group,
  at,
  input,
}: Pick<FieldsProps, 'fields' | 'group' | 'at'> & { input(field: Field): ReactNode }) {
  const say = useTexts(texts);
  const words = useWords();
  const { process, isWrongBelow } = useForm();
  const [wanted, setWanted] = useState<boolean>();
  const isSaid = fields.some(({ name }) => Boolean(group[name]));
  const opened = (wanted ?? isSaid) || fields.some(({ name }) => isWrongBelow(`${at}/${name}`));
  const names = fields.map(({ name }) => words.of(process, 'fields', name)).join(', ');
  return (
    <Stack gap="md">
      <Button
        variant="transparent"
        px={0}
        size="sm"
        onClick={() => setWanted(!opened)}
        aria-expanded={opened}
        leftSection={<span aria-hidden>{opened ? '▾' : '▸'}</span>}
        {...wraps}
        justify="flex-start"
      >
        {opened ? say('less') : say('more', { count: fields.length, names })}
      </Button>
      <Collapse expanded={opened}>
        <Stack gap="md">{opened && fields.map(input)}</Stack>
      </Collapse>
    </Stack>
  );
}

/** A group of fields that stand under one name; one that is not needed is added first. */
export function GroupInput({
  of,
  label,
  at,
  needed,
  draft,
  currency,
  onChange,
}: InputProps<Extract<Kind, { kind: 'group' }>>) {
  if (draft === undefined) return <Add what={label} onClick={() => onChange(emptyGroup(of.fields))} />;
  return (
    <Framed label={label} needed={needed} onRemove={() => onChange(undefined)} at={at}>
      <Fields fields={of.fields} group={draft as Group} at={at} currency={currency} onChange={onChange} />
    </Framed>
  );
}

/** One of several groups, chosen first. */
export function OneOfInput({
  of,
  label,
  at,
  needed,
  draft,
  currency,
  onChange,
}: InputProps<Extract<Kind, { kind: 'one-of' }>>) {
  const say = useTexts(texts);
  const words = useWords();
  const must = useMust();
  const { process, isWrong } = useForm();
  if (draft === undefined) return <Add what={label} onClick={() => onChange(emptyOf(of, true))} />;
  const group = draft as Group;
  const data = Object.keys(of.options).map((value) => ({ value, label: choiceIn(words, process, value) }));
  const choose = (value: string) =>
    onChange({ ...emptyGroup(of.options[value] ?? []), ...defined(group), [of.by]: value });
  return (
    <Framed label={label} needed={needed} onRemove={() => onChange(undefined)} at={at}>
      <NativeSelect
        label={words.of(process, 'fields', of.by)}
        data-at={`${at}/${of.by}`}
        value={chosenOf(of, group)}
        data={[{ value: '', label: say('choose') }, ...data]}
        error={isWrong(`${at}/${of.by}`) && must(of)}
        onChange={(event) => choose(event.currentTarget.value)}
        aria-required
        styles={atMost(420)}
      />
      <Fields fields={chosenFields(of, group)} group={group} at={at} currency={currency} onChange={onChange} />
    </Framed>
  );
}

const defined = (group: Group): Group =>
  Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));

const Add = ({ what, onClick }: { what: string; onClick(): void }) => {
  const say = useTexts(texts);
  return (
    <Button variant="default" size="sm" onClick={onClick} {...wraps} style={{ alignSelf: 'flex-start' }}>
      {say('add', { what })}
    </Button>
  );
};

/** A part of the form with its name; what was added can be taken away again. */
function Framed({
  label,
  needed,
  at,
  onRemove,
  children,
}: {
  label: string;
  needed: boolean;
  at: string;
  onRemove(): void;
  children: ReactNode;
}) {
  const say = useTexts(texts);
  const must = useMust();
  const { isWrong } = useForm();
  return (
    <Fieldset legend={label} data-at={at}>
      <Stack gap="md">
        {children}
        {isWrong(at) && <span role="alert">{must({ kind: 'group', fields: [] })}</span>}
        {!needed && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={onRemove}
            {...wraps}
            style={{ alignSelf: 'flex-end' }}
          >
            {say('remove', { what: label })}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}
