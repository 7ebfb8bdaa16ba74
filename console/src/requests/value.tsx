import { Stack, Text } from '@mantine/core';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { number } from '../shared/amounts.ts';
import { texts } from './texts.ts';

/** A value that somebody chose to show, readably. */
export function Value({ process, value }: { process: string; value: unknown }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  if (value === null || value === '') return <Text c="dimmed">{say('nothing')}</Text>;
  if (typeof value === 'boolean') return <Text>{say(value ? 'yes' : 'no')}</Text>;
  if (typeof value === 'number') return <Text>{number(value, language, 4)}</Text>;
  if (typeof value === 'string')
    return <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Text>;
  return (
    <Stack gap={4} pl="sm">
      {Object.entries(value as object).map(([name, one]) => (
        <div key={name}>
          {!Array.isArray(value) && (
            <Text size="sm" c="dimmed">
              {words.of(process, 'fields', name)}
            </Text>
          )}
          <Value process={process} value={one} />
        </div>
      ))}
    </Stack>
  );
}
