import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag } from '../shared/tag.tsx';
import { useOwnClock } from '../shared/own-clock.ts';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow, span } from '../shared/when.ts';
import { useAround } from './around.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** Who has it, how much time is left, and what happens then. */
export function Whose() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { handoff } = useAround();
  const ownClock = useOwnClock(handoff.clockAheadMs);
  const { owner, person, claimedBy, dueAt, escalatesAt, expiresAt, slaStage, contract, state } = handoff;
  const goesOn = state === 'open' && slaStage !== 'escalated' && (person !== null || contract.escalateTo !== owner);
  const when = (at: string) => dateTime(at, language);
  return (
    <Section title={say('whose')}>
      <Stack gap={4}>
        <Line name={say(person ? 'person' : 'owner')}>{person ?? words.shared('queues', owner)}</Line>
        <Line name={say('claimed')}>
          <Claimed by={claimedBy} />
        </Line>
        <Line name={say('due')}>{when(dueAt)}</Line>
        {ownClock && <Line name={say('clock')}>{ownClock}</Line>}
        {goesOn && (
          <Text size="sm" c="dimmed">
            {say('then.escalates', { queue: words.shared('queues', contract.escalateTo), when: when(escalatesAt) })}
          </Text>
        )}
        {expiresAt && state === 'open' && (
          <Text size="sm" c="dimmed">
            {say('then.expires', { when: when(expiresAt) })}
          </Text>
        )}
        {handoff.unattended && <Text size="sm">{say('unattended')}</Text>}
        <Approvals />
      </Stack>
    </Section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Group gap="xs" align="baseline">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="div">{children}</Text>
    </Group>
  );
}

function Claimed({ by }: { by: string | null }) {
  const say = useTexts(texts);
  const { person } = useAround();
  if (by === null)
    return (
      <Text span c="dimmed">
        {say('claimed.nobody')}
      </Text>
    );
  return <>{by === person ? say('claimed.you') : by}</>;
}

/** The time that is left, in words; the instant stands beside it. */
export function Left() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { handoff } = useAround();
  const now = useNow(handoff);
  if (handoff.state !== 'open') return null;
  const { paused, dueAt, slaStage } = handoff;
  if (paused)
    return (
      <Tag>
        {say('paused', {
          for: paused.for
            .map((one) => (one === 'asked' ? say('paused.asked') : words.of(handoff.process, 'events', one)))
            .join(', '),
        })}
      </Tag>
    );
  const left = Date.parse(dueAt) - now;
  const text =
    left > 0
      ? `${say('left')}: ${span(Math.max(left, 60_000), language)}`
      : say('overdue', { when: fromNow(dueAt, language, now) });
  const tone = slaStage === 'escalated' || left <= 0 ? 'bad' : slaStage === 'at-risk' ? 'warning' : 'neutral';
  const stage = slaStage === 'escalated' || slaStage === 'at-risk' ? `${say(slaStage)} · ` : '';
  return (
    <Tag tone={tone}>
      {stage}
      <time dateTime={dueAt} title={dateTime(dueAt, language)}>
        {text}
      </time>
    </Tag>
  );
}

function Approvals() {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const { needed, given } = handoff.approvals;
  if (needed === 1) return null;
  return (
    <div>
      <Tag tone="accent">{say('approvals', { given: given.length, needed })}</Tag>
      {given.length > 0 && (
        <Text size="sm">{say('approvals.by', { people: given.map(({ by }) => by).join(', ') })}</Text>
      )}
    </div>
  );
}
