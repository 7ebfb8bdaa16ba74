import { Anchor, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Answer } from '../api/client.ts';
import { useQueues } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { type Kind, useWords } from '../language/words.ts';
import { number } from '../shared/amounts.ts';
import { Shown } from '../shared/states.tsx';
import { Tag } from '../shared/tag.tsx';
import { queuePath } from './links.ts';
import { texts } from './people-texts.ts';
import type { Part } from './process-page.tsx';

type Queue = Answer<'GET /queues'>['queues'][number];
type AnswersFor = Part['contracts']['queues'][number];

/** The queues of a process: what each answers for, and how those stand that one sees. */
export function People({ process, contracts }: Part) {
  const say = useTexts(texts);
  const queues = useQueues();
  const byName = Object.values(contracts.handoffs).some(({ owner }) => owner.startsWith('by record'));
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw="72ch">
        {say('people.why')} {byName && say('by-name')}
      </Text>
      <Shown of={queues}>
        {(seen) =>
          contracts.queues.map((one) => (
            <QueueCard key={one.queue} {...{ process, of: one }} now={seen.find(({ queue }) => queue === one.queue)} />
          ))
        }
      </Shown>
    </Stack>
  );
}

function QueueCard({
  process,
  of: { queue, answersFor },
  now,
}: {
  process: string;
  of: AnswersFor;
  now: Queue | undefined;
}) {
  const say = useTexts(texts);
  const words = useWords();
  const part = usePart(process);
  const name = words.shared('queues', queue);
  return (
    <Card withBorder padding="md" component="section" aria-label={name}>
      <Group align="flex-start" gap="lg">
        <Stack gap="xs" style={{ flex: '1 1 280px', minWidth: 0 }}>
          <Title order={2}>
            {now ? (
              <Anchor component={Link} href={queuePath(queue)} inherit>
                {name}
              </Anchor>
            ) : (
              name
            )}
          </Title>
          <Text size="sm" c="dimmed">
            {say('answers-for')}
          </Text>
          <List size="sm" spacing={2}>
            {answersFor.map((one) => (
              <List.Item key={`${one.part}/${one.name}`}>{part(one)}</List.Item>
            ))}
          </List>
        </Stack>
        <div style={{ flex: '1 1 280px', minWidth: 0 }}>
          {now ? (
            <Standing now={now} />
          ) : (
            <Text size="sm" c="dimmed">
              {say('not-seen')}
            </Text>
          )}
        </div>
      </Group>
    </Card>
  );
}

function Standing({ now: { open, atRisk, members, leads, calendar } }: { now: Queue }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm">
          {say('open')}: {number(open, language)}
        </Text>
        {atRisk > 0 && (
          <Tag tone="warning">
            {say('at-risk')}: {number(atRisk, language)}
          </Tag>
        )}
      </Group>
      <Group gap="xs">
        <Text size="sm">
          {say('members')}: {members === 0 ? '' : number(members, language)}
        </Text>
        {members === 0 && <Tag tone="bad">{say('nobody')}</Tag>}
      </Group>
      <Text size="sm">
        {say('leads')}: {leads.length > 0 ? leads.join(', ') : say('no-lead')}
      </Text>
      <Group gap="xs">
        <Text size="sm">
          {say('calendar')}: {calendar.name}
        </Text>
        {calendar.ended && <Tag tone="bad">{say('ended')}</Tag>}
      </Group>
    </Stack>
  );
}

/** Answers what somebody answers for, in words. */
function usePart(process: string) {
  const say = useTexts(texts);
  const words = useWords();
  return ({ part, name }: AnswersFor['answersFor'][number]): string => {
    const kinds: Record<string, Kind> = {
      source: 'sources',
      event: 'events',
      handoff: 'handoffs',
      escalation: 'handoffs',
      rework: 'handoffs',
    };
    const kind = kinds[part];
    const called = part === 'system' ? words.shared('systems', name) : kind ? words.of(process, kind, name) : name;
    return say(`part.${part}`, { name: called });
  };
}
