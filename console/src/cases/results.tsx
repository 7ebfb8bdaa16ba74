import { Box, Card, Group, Stack, Table, Text } from '@mantine/core';
import type { Case } from '../api/cases.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { FromNow } from '../shared/from-now.tsx';
import { dateTime } from '../shared/when.ts';
import { findTexts } from './find-texts.ts';
import { CaseLink } from './head.tsx';
import { Outcome } from './outcome.tsx';
import { waitInWords } from './waiting.tsx';

/** Cases as a table, as cards where it is narrow. */
export function Results({ cases }: { cases: readonly Case[] }) {
  const say = useTexts(findTexts);
  return (
    <>
      <Box visibleFrom="md">
        <Table highlightOnHover aria-label={say('found')}>
          <Table.Thead>
            <Table.Tr>
              {(['case', 'standing', 'waits', 'requester', 'opened', 'closed'] as const).map((name) => (
                <Table.Th key={name}>{say(name)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cases.map((one) => (
              <Row key={one.caseId} of={one} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      <Stack
        hiddenFrom="md"
        gap="xs"
        component="ul"
        m={0}
        p={0}
        style={{ listStyle: 'none' }}
        aria-label={say('found')}
      >
        {cases.map((one) => (
          <OneCard key={one.caseId} of={one} />
        ))}
      </Stack>
    </>
  );
}

function Row({ of: one }: { of: Case }) {
  const { language } = useLanguage();
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <CaseLink caseId={one.caseId} />
      </Table.Td>
      <Table.Td>
        <Box miw="max-content">
          <Outcome of={one} />
        </Box>
      </Table.Td>
      <Table.Td>
        <Waits of={one} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{one.requester}</Table.Td>
      <Table.Td>{dateTime(one.openedAt, language)}</Table.Td>
      <Table.Td>{one.closedAt && dateTime(one.closedAt, language)}</Table.Td>
    </Table.Tr>
  );
}

function OneCard({ of: one }: { of: Case }) {
  const say = useTexts(findTexts);
  const { language } = useLanguage();
  return (
    <Card component="li" withBorder padding="sm">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <CaseLink caseId={one.caseId} />
          <Outcome of={one} />
        </Group>
        {one.waitingOn.length > 0 && (
          <Text size="sm" component="div">
            {say('waits')}: <Waits of={one} />
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {say('opened')}: {dateTime(one.openedAt, language)}
          {one.closedAt && ` · ${say('closed')}: ${dateTime(one.closedAt, language)}`}
        </Text>
      </Stack>
    </Card>
  );
}

function Waits({ of: one }: { of: Case }) {
  const words = useWords();
  return one.waitingOn.map((wait) => (
    <Text size="sm" key={`${wait.for} ${wait.id}`} span display="block">
      {waitInWords(words, one.process, wait)}
      {wait.dueAt && (
        <Text span size="sm" c="dimmed">
          {' '}
          · <FromNow at={wait.dueAt} of={one} />
        </Text>
      )}
    </Text>
  ));
}
