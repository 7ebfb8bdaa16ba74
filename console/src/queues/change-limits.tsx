import { Button, Group, TextInput } from '@mantine/core';
import { type Limit, useSetQueueLimits } from '../api/queues.ts';
import { type Language, useLanguage, useTexts } from '../language/language.tsx';
import { readAmount, typedAmount } from '../shared/amounts.ts';
import { send } from '../shared/send.ts';
import { useKept } from '../shared/use-kept.ts';
import { ChangeForm } from './change-form.tsx';
import { texts } from './texts.ts';

interface Line {
  currency: string;
  /** As it is typed: in the currency's own unit. */
  amount: string;
}

const isCurrency = (text: string) => /^[A-Z]{3}$/.test(text);

/** Undefined for what is no amount, or could be two: a thousand, or one. */
function minorOf({ amount, currency }: Line, language: Language): number | undefined {
  const minor = isCurrency(currency) ? readAmount(amount, currency, language) : undefined;
  return minor !== undefined && minor >= 0 ? minor : undefined;
}

/** An administrator says up to which amounts the members of a queue decide. */
export function ChangeLimits({ queue, limits, onClose }: { queue: string; limits: readonly Limit[]; onClose(): void }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const set = useSetQueueLimits(queue);
  const {
    value: lines,
    setValue: setLines,
    forget,
  } = useKept<Line[]>(`limits.${queue}`, () =>
    limits.map(({ amount, currency }) => ({ currency, amount: typedAmount(amount, currency, language) })),
  );
  const change = (at: number, changed: Partial<Line>) =>
    setLines(lines.map((line, n) => (n === at ? { ...line, ...changed } : line)));
  const amounts = lines.map((line) => minorOf(line, language));
  const save = () =>
    send(
      set,
      lines.map(({ currency }, n) => ({ currency, amount: amounts[n]! })),
      forget,
      { onSuccess: onClose },
    );
  return (
    <ChangeForm
      title={say('change.limits')}
      error={set.error}
      pending={set.isPending}
      disabled={amounts.includes(undefined)}
      onClose={onClose}
      onCancel={() => {
        forget();
        onClose();
      }}
      onSave={save}
    >
      {lines.map((line, n) => (
        <Group key={n} gap="xs" align="flex-start">
          <TextInput
            label={say('limit.amount', { currency: line.currency })}
            value={line.amount}
            inputMode="decimal"
            onChange={({ currentTarget }) => change(n, { amount: currentTarget.value })}
            error={line.amount !== '' && isCurrency(line.currency) && amounts[n] === undefined && say('limit.invalid')}
            flex="1 1 8rem"
          />
          <TextInput
            label={say('limit.currency')}
            value={line.currency}
            maxLength={3}
            onChange={({ currentTarget }) => change(n, { currency: currentTarget.value.toUpperCase() })}
            w={90}
          />
          <Button variant="subtle" mt={25} onClick={() => setLines(lines.filter((_, other) => other !== n))}>
            {say('limit.remove', { currency: line.currency })}
          </Button>
        </Group>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => setLines([...lines, { currency: '', amount: '' }])}
        style={{ alignSelf: 'flex-start' }}
      >
        {say('limit.add')}
      </Button>
    </ChangeForm>
  );
}
