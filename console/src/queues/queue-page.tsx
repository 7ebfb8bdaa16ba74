import { Button, Grid, Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { useQueue, type WhoHasWhat } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { number } from '../shared/amounts.ts';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { Shown } from '../shared/states.tsx';
import { usePlace } from '../shared/use-place.ts';
import { CalendarPart } from './calendar-part.tsx';
import { ChangeQueue } from './change-queue.tsx';
import { DueFirst } from './counts.tsx';
import { LimitsPart } from './limits-part.tsx';
import { Load } from './load.tsx';
import { Part } from '../shared/part.tsx';
import { texts } from './texts.ts';

/** One queue: what waits in it, with whom, and by which calendar and limits it works. */
export function QueuePage() {
  const say = useTexts(texts);
  const words = useWords();
  const name = usePlace('queue');
  const found = useQueue(name);
  return (
    <Page
      title={words.shared('queues', name)}
      actions={
        <Button component={Link} href={`/handoffs?queue=${encodeURIComponent(name)}`}>
          {say('inbox')}
        </Button>
      }
    >
      <Shown of={found}>{(queue) => <Parts of={queue} />}</Shown>
    </Page>
  );
}

function Parts({ of }: { of: WhoHasWhat }) {
  const say = useTexts(texts);
  const isAdmin = useMe().data?.roles.includes('admin') ?? false;
  return (
    <Stack gap="lg">
      {of.unattended && (
        <Notice color="red" title={say('unattended')}>
          {say('unattended.why')}
        </Notice>
      )}
      {of.calendar.ended && (
        <Notice color="orange" title={say('calendar.ended')}>
          {say('calendar.ended.why')}
        </Notice>
      )}
      <Counts of={of} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            {of.load && <Load queue={of.queue} load={of.load} />}
            <Ages of={of} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Part title={say('people')}>
              <Text size="sm">
                {say('members')}: {of.members}
              </Text>
              <Text size="sm">
                {of.leads.length > 0 ? `${say('leads')}: ${of.leads.join(', ')}` : say('leads.none')}
              </Text>
              {isAdmin && <ChangeQueue of={of} />}
            </Part>
            <CalendarPart of={of} isAdmin={isAdmin} />
            <LimitsPart queue={of.queue} isAdmin={isAdmin} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Counts({ of }: { of: WhoHasWhat }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const counts = [
    ['open', of.open],
    ['at-risk', of.atRisk],
    ['escalated', of.escalated],
    ['unclaimed', of.unclaimed],
    ['paused', of.paused],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="sm">
      {counts.map(([name, count]) => (
        <Count key={name} title={say(name)}>
          {number(count, language)}
        </Count>
      ))}
      <Count title={say('due-first')}>
        <DueFirst of={of} />
      </Count>
    </SimpleGrid>
  );
}

const Count = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper withBorder p="sm">
    <Text size="sm" c="dimmed">
      {title}
    </Text>
    <Text fw={650} size="lg">
      {children}
    </Text>
  </Paper>
);

function Ages({ of: { age } }: { of: WhoHasWhat }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Part title={say('age')}>
      <Table>
        <Table.Tbody>
          {(['underADay', 'underThreeDays', 'underAWeek', 'aWeekAndMore'] as const).map((band) => (
            <Table.Tr key={band}>
              <Table.Th scope="row" fw={400}>
                {say(`age.${band}`)}
              </Table.Th>
              <Table.Td ta="right">{number(age[band], language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}
