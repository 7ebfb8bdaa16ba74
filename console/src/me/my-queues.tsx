import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Me } from '../api/me.ts';
import { type QueueLimits, useLimits } from '../api/settings.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { money } from '../shared/amounts.ts';
import { Empty } from '../shared/states.tsx';
import { Tag } from '../shared/tag.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** The queues whose handoffs I answer, and up to which amounts. */
export function MyQueues({ me: { person, queues, leads } }: { me: Me }) {
  const say = useTexts(texts);
  const words = useWords();
  const limits = useLimits(person, queues);
  return (
    <Section title={say('queues')}>
      {queues.length === 0 && <Empty title={say('queues.none')}>{say('queues.none.why')}</Empty>}
      {queues.map((queue, n) => (
        <Stack gap={2} key={queue}>
          <Group gap="xs">
            <Anchor component={Link} href={`/queues/${queue}`} fw={600}>
              {words.shared('queues', queue)}
            </Anchor>
            {leads.includes(queue) && <Tag>{say('queues.lead')}</Tag>}
          </Group>
          <Limit of={limits[n]} />
        </Stack>
      ))}
    </Section>
  );
}

function Limit({ of }: { of: QueueLimits | undefined }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  if (!of) return <Text size="sm">…</Text>;
  const amount = of.limits.map((limit) => money(limit.amount, limit.currency, language)).join(say('limit.or'));
  const name = ({ person: 'limit.up-to', queue: 'limit.queue', none: 'limit.none' } as const)[of.from];
  return <Text size="sm">{say(name, { amount })}</Text>;
}
