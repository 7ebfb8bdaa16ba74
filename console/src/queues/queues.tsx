import { Anchor, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { type Queue, useQueues } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { number } from '../shared/amounts.ts';
import { Page } from '../shared/page.tsx';
import { Empty, Shown } from '../shared/states.tsx';
import { DueFirst, Stages } from './counts.tsx';
import { texts } from './texts.ts';

/** Every queue that the reader may see: what waits in each, and until when. */
export function Queues() {
  const say = useTexts(texts);
  return (
    <Page title={say('title')}>
      <Shown of={useQueues()}>
        {(queues) =>
          queues.length === 0 ? <Empty title={say('empty')}>{say('empty.why')}</Empty> : <All of={queues} />
        }
      </Shown>
    </Page>
  );
}

function All({ of }: { of: readonly Queue[] }) {
  const sorted = of.toSorted((one, other) => urgency(other) - urgency(one));
  return (
    <>
      <WideTable of={sorted} />
      <Stack gap="sm" hiddenFrom="md">
        {sorted.map((queue) => (
          <Narrow key={queue.queue} of={queue} />
        ))}
      </Stack>
    </>
  );
}

/** What is late comes before what is much. */
const urgency = ({ open, atRisk, escalated }: Queue) => (atRisk + escalated) * 10_000 + open;

function Name({ of: { queue } }: { of: Queue }) {
  const words = useWords();
  return (
    <Anchor component={Link} href={`/queues/${encodeURIComponent(queue)}`} fw={600}>
      {words.shared('queues', queue)}
    </Anchor>
  );
}

function WideTable({ of }: { of: readonly Queue[] }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Table visibleFrom="md" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{say('queue')}</Table.Th>
          {(['open', 'unclaimed', 'members'] as const).map((name) => (
            <Table.Th key={name} scope="col" ta="right">
              {say(name)}
            </Table.Th>
          ))}
          <Table.Th scope="col">{say('due-first')}</Table.Th>
          <Table.Th scope="col">{say('leads')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map((queue) => (
          <Table.Tr key={queue.queue}>
            <Table.Th scope="row" fw={400}>
              <Group gap="xs">
                <Name of={queue} />
                <Stages of={queue} />
              </Group>
            </Table.Th>
            {[queue.open, queue.unclaimed, queue.members].map((count, n) => (
              <Table.Td key={n} ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {number(count, language)}
              </Table.Td>
            ))}
            <Table.Td>
              <DueFirst of={queue} />
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{queue.leads.join(', ')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Narrow({ of }: { of: Queue }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Name of={of} />
        <Group gap="xs">
          <Stages of={of} />
        </Group>
        <Text size="sm">
          {say('open')}: {number(of.open, language)} · {say('unclaimed')}: {number(of.unclaimed, language)} ·{' '}
          {say('members')}: {number(of.members, language)}
        </Text>
        <Text size="sm" c="dimmed">
          {say('due-first')}: <DueFirst of={of} />
        </Text>
      </Stack>
    </Card>
  );
}
