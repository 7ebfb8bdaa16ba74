import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { readAmount, typedAmount } from '../../shared/amounts.ts';
import { useScope } from '../../shared/value-scope.tsx';
import { texts } from './texts.ts';

/** An amount typed as the reader's language writes it; `NaN` while it cannot be read. */
export function AmountInput({
  label,
  value,
  none,
  error,
  onChange,
}: {
  label: string;
  value: unknown;
  none: boolean;
  error: string | undefined;
  onChange(value: number | null): void;
}) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { currency } = useScope();
  const shown = typeof value === 'number' && !Number.isNaN(value) ? typedAmount(value, currency, language) : '';
  const [typed, setTyped] = useState(shown);
  const read = (text: string) =>
    text.trim() === '' && none ? null : (readAmount(text, currency, language) ?? Number.NaN);
  const isWrong = Number.isNaN(read(typed));
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      rightSection={currency}
      rightSectionWidth={currency ? 52 : undefined}
      error={isWrong ? say('amount.wrong', { example: typedAmount(123_450, currency, language) }) : error}
      value={typed}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        onChange(read(e.currentTarget.value));
      }}
      onBlur={() => !isWrong && shown !== '' && setTyped(shown)}
    />
  );
}
