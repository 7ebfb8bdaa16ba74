import type { Queue } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { number } from '../shared/amounts.ts';
import { FromNow } from '../shared/from-now.tsx';
import { Tag } from '../shared/tag.tsx';
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
export function DueFirst({ of: { dueFirst } }: { of: Pick<Queue, 'dueFirst'> }) {
  const say = useTexts(texts);
  return dueFirst ? <FromNow at={dueFirst.dueAt} of={dueFirst} /> : <>{say('nothing')}</>;
}
