import { Textarea } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { texts } from '../answer-texts.ts';

/** The reason of an answer; `needed` where the contract asks for one. */
export function Because({
  value,
  needed,
  error,
  onChange,
  label,
}: {
  value: string;
  needed: boolean;
  error: string | undefined;
  onChange(value: string): void;
  label?: string;
}) {
  const say = useTexts(texts);
  return (
    <Textarea
      label={label ?? say(needed ? 'because' : 'because.optional')}
      withAsterisk={needed}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={2_000}
      value={value}
      error={error}
      {...(needed ? { 'data-autofocus': true } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
