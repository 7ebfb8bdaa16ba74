import { Text } from '@mantine/core';
import { useLanguage } from '../language/language.tsx';
import { useNow } from './use-now.ts';
import { dateTime, fromNow } from './when.ts';

/** An instant on the clock of its case, by how far that is away; the instant itself is its title. */
export function FromNow({ at, of }: { at: string; of: { clockAheadMs: number } }) {
  const { language } = useLanguage();
  return (
    <Text component="time" inherit title={dateTime(at, language)}>
      {fromNow(at, language, useNow(of))}
    </Text>
  );
}
