import { Textarea } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** Why something is changed: always asked for. */
export function Because({ value, onChange }: { value: string; onChange(value: string): void }) {
  const say = useTexts(texts);
  return (
    <Textarea
      label={say('change.because')}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      required
      maxLength={2_000}
    />
  );
}
