import { Anchor, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'wouter';
import type { Workload } from '../api/processes.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { number } from '../shared/amounts.ts';
import { Tag, type Tone } from '../shared/tag.tsx';
import { casesPath, processPath, queuePath } from './links.ts';
import { atRiskOf, lateOf, wordOfLevel } from './sums.ts';
import { texts } from './texts.ts';
import { WaitsFor } from './waits-for.tsx';

type Row = Workload & { owner: string };

const figures = { fontVariantNumeric: 'tabular-nums' } as const;

/** The tables of the page stand below each other, so that their columns are of one width. */
const columns = [
  ['process', '17%'],
  ['owner', '17%'],
  ['open', '8%'],
  ['at-risk', '9%'],
  ['late', '9%'],
  ['waits-for', '27%'],
  ['autonomy', '13%'],
] as const;
const counted = new Set<string>(['open', 'at-risk', 'late']);

/** Processes with what is open in each; below `sm` a card each. */
export function ProcessTable({ processes }: { processes: readonly Row[] }) {
  const say = useTexts(texts);
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  if (narrow)
    return (
      <Stack gap="sm">
        {processes.map((row) => (
          <ProcessCard key={row.process} row={row} />
        ))}
      </Stack>
    );
  return (
    <Table verticalSpacing="sm" layout="fixed" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          {columns.map(([name, width]) => (
            <Table.Th key={name} w={width} ta={counted.has(name) ? 'right' : 'left'}>
              {say(name)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {processes.map((row) => (
          <ProcessRow key={row.process} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ProcessRow({ row }: { row: Row }) {
  const say = useTexts(texts);
  const words = useWords();
  const { process, owner, open, waiting, level } = row;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <Anchor component={Link} href={processPath(process)} fw={600}>
            {words.process(process)}
          </Anchor>
          <States row={row} />
        </Stack>
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={queuePath(owner)} size="sm">
          {words.shared('queues', owner)}
        </Anchor>
      </Table.Td>
      <Table.Td ta="right" style={figures}>
        <Open process={process} open={open} />
      </Table.Td>
      <Table.Td ta="right" style={figures}>
        <Counted count={atRiskOf(waiting)} tone="warning" />
      </Table.Td>
      <Table.Td ta="right" style={figures}>
        <Counted count={lateOf(waiting)} tone="bad" />
      </Table.Td>
      <Table.Td>
        <WaitsFor process={process} waiting={waiting} />
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={processPath(process, { tab: 'controls' })} size="sm">
          {say(wordOfLevel[level])}
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}

function ProcessCard({ row }: { row: Row }) {
  const say = useTexts(texts);
  const words = useWords();
  const { process, owner, open, waiting, level } = row;
  const [atRisk, late] = [atRiskOf(waiting), lateOf(waiting)];
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        <Group gap="xs" justify="space-between">
          <Anchor component={Link} href={processPath(process)} fw={600}>
            {words.process(process)}
          </Anchor>
          <States row={row} />
        </Group>
        <Text size="sm" c="dimmed">
          {words.shared('queues', owner)} · {say(wordOfLevel[level])}
        </Text>
        <Group gap="xs">
          <Text size="sm">{say('open-cases', { count: open })}</Text>
          {atRisk > 0 && (
            <Tag tone="warning">
              {atRisk} {say('at-risk')}
            </Tag>
          )}
          {late > 0 && (
            <Tag tone="bad">
              {late} {say('late')}
            </Tag>
          )}
        </Group>
        <WaitsFor process={process} waiting={waiting} />
      </Stack>
    </Card>
  );
}

/** What is out of the ordinary about a process. */
function States({ row: { process, stops, stuck } }: { row: Row }) {
  const say = useTexts(texts);
  const whole = stops.includes('all/all') || stops.includes(`process/${process}`);
  if (stops.length === 0 && stuck === 0) return null;
  return (
    <Group gap="xs">
      {stops.length > 0 && <Tag tone="bad">{say(whole ? 'stopped' : 'partly-stopped')}</Tag>}
      {stuck > 0 && <Tag tone="bad">{say('stuck', { count: stuck })}</Tag>}
    </Group>
  );
}

function Open({ process, open }: { process: string; open: number }) {
  const { language } = useLanguage();
  if (open === 0) return <Text span>0</Text>;
  return (
    <Anchor component={Link} href={casesPath({ process })}>
      {number(open, language)}
    </Anchor>
  );
}

function Counted({ count, tone }: { count: number; tone: Tone }) {
  const { language } = useLanguage();
  return count === 0 ? <Text span>0</Text> : <Tag tone={tone}>{number(count, language)}</Tag>;
}
