import { Text } from '@mantine/core';
import type { Queue } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { number } from '../shared/amounts.ts';
import { Tag } from '../shared/tag.tsx';
import { dateTime, fromNow } from '../shared/when.ts';
import { texts } from './texts.ts';

/** How many are at risk or escalated, marked by words where there are any. */
export function Stages({ of }: { of: Queue }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { atRisk, escalated, unattended } = of;
  return (
    <>
      {atRisk > 0 && <Tag tone="warning">{say('at-risk.count', { count: number(atRisk, language) })}</Tag>}
      {escalated > 0 && <Tag tone="bad">{say('escalated.count', { count: number(escalated, language) })}</Tag>}
      {unattended && <Tag tone="bad">{say('unattended')}</Tag>}
    </>
  );
}

/** When the first of them is due, in words; the instant is its title. */
export function DueFirst({ of: { dueFirst } }: { of: Queue }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  if (!dueFirst) return <>{say('nothing')}</>;
  return (
    <Text component="time" inherit title={dateTime(dueFirst.dueAt, language)}>
      {fromNow(dueFirst.dueAt, language)}
    </Text>
  );
}
