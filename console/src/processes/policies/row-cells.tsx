import { List, Stack, Text } from '@mantine/core';
import type { Contracts } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Tag } from '../../shared/tag.tsx';
import type { Row } from './diff.ts';
import { texts } from './texts.ts';
import { useConditions } from './use-conditions.ts';
import { useValues } from './use-values.ts';

export interface OfTable {
  process: string;
  facts: Contracts['request'];
  /** What a row may say beside its verdict. */
  says: Contracts['request'];
  hit: 'first' | 'collect';
}

/** What must hold, a line for each fact. */
export function When({ row: { when = {} }, process, facts, hit }: OfTable & { row: Row }) {
  const say = useTexts(texts);
  const words = useWords();
  const condition = useConditions(process, facts);
  const all = Object.entries(when);
  if (all.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say(`last.${hit}`)}
      </Text>
    );
  return (
    <List size="sm" listStyleType="none" spacing={2} style={{ overflowWrap: 'anywhere' }}>
      {all.map(([fact, expression]) => (
        <List.Item key={fact}>
          <Text span size="sm" c="dimmed">
            {words.of(process, 'fields', fact)}:
          </Text>{' '}
          {condition(fact, expression)}
        </List.Item>
      ))}
    </List>
  );
}

/** The verdict, and what is said beside it. */
export function Then({ row: { verdict, outputs = {} }, process, says }: OfTable & { row: Row }) {
  const words = useWords();
  const said = useValues(process, says);
  return (
    <Stack gap={4} align="flex-start">
      <Tag>{words.shared('verdicts', verdict)}</Tag>
      {Object.entries(outputs).map(([name, value]) => (
        <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span size="sm" c="dimmed">
            {words.of(process, 'fields', name)}:
          </Text>{' '}
          {said(name, value)}
        </Text>
      ))}
    </Stack>
  );
}

/** A rule by its name, and why it is there. */
export function Rule({ row: { rule, because }, process }: { row: Row; process: string }) {
  const words = useWords();
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {words.of(process, 'rules', rule)}
      </Text>
      {because && (
        <Text size="xs" c="dimmed">
          {words.reason(process, because)}
        </Text>
      )}
    </Stack>
  );
}
