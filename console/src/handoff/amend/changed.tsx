import { Stack, Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import type { Schema } from '../../shared/schema.ts';
import { Tag } from '../../shared/tag.tsx';
import { Fields } from '../../shared/value.tsx';
import { changedTexts, linesWithout } from './changed-texts.ts';
import { texts } from './texts.ts';
import { WordDiff } from './word-diff.tsx';

interface Props {
  title?: string;
  before: unknown;
  value: unknown;
  schema: Schema | undefined;
}

/** What was changed in a value: its texts, each with what goes and what comes, and the lines of lists that came or went. */
export function Changed({ title, before, value, schema }: Props) {
  const pairs = changedTexts(before, value);
  const lines = [
    ...linesWithout(value, before, schema).map((one) => ({ ...one, what: 'added' as const })),
    ...linesWithout(before, value, schema).map((one) => ({ ...one, what: 'removed' as const })),
  ];
  if (pairs.length + lines.length === 0) return null;
  return (
    <Stack gap={4} mt="xs">
      {title && (
        <Text size="sm" c="dimmed">
          {title}
        </Text>
      )}
      {pairs.map(([from, to], index) => (
        <WordDiff key={index} before={from} after={to} />
      ))}
      {lines.map((one, index) => (
        <Line key={index} {...one} />
      ))}
    </Stack>
  );
}

function Line({ what, line, schema }: { what: 'added' | 'removed' } & ReturnType<typeof linesWithout>[number]) {
  const say = useTexts(texts);
  return (
    <Stack gap={4} align="flex-start">
      <Tag tone={what === 'added' ? 'good' : 'bad'}>{say(what)}</Tag>
      <Fields dense of={line} schema={schema} />
    </Stack>
  );
}
