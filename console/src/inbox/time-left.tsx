import { Group, Text } from '@mantine/core';
import type { Handoff } from '../api/handoffs.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { Tag } from '../shared/tag.tsx';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow, span } from '../shared/when.ts';
import { texts } from './texts.ts';

type Timed = Pick<Handoff, 'state' | 'slaStage' | 'dueAt' | 'paused' | 'clockAheadMs'>;

/** How much time is left, in words; the instant is its title. What is at risk, escalated or paused says so. */
export function TimeLeft({ of }: { of: Timed }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { state, slaStage, dueAt, paused } = of;
  const now = useNow(of);
  if (state !== 'open') return <Tag>{say(`state.${state}`)}</Tag>;
  const over = now - new Date(dueAt).getTime();
  const left = over > 0 ? say('late', { span: span(Math.max(over, 60_000), language) }) : fromNow(dueAt, language, now);
  return (
    <Group gap="xs" justify="flex-end" wrap="wrap">
      {paused && <Tag>{say('paused')}</Tag>}
      {slaStage === 'at-risk' && <Tag tone="warning">{say('stage.at-risk')}</Tag>}
      {slaStage !== 'at-risk' && slaStage !== 'waiting' && <Tag tone="bad">{say(`stage.${slaStage}`)}</Tag>}
      {!paused && (
        <Text component="time" dateTime={dateTime(dueAt, language)} title={dateTime(dueAt, language)} size="sm">
          {left}
        </Text>
      )}
    </Group>
  );
}
