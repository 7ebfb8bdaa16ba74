import type { Pool } from 'pg';
import { dueFirst, itemsOfDigest, type QueueAsItIs, queueAsItIs } from '../store/digests.ts';
import type { TakenMessage } from '../store/sending.ts';
import { type Content, type Speaking, subjectOf } from './content.ts';
import { linkTo, pathOf } from './links.ts';
import { weeklyReport } from './weekly-report.ts';
import { type Language, languageOf, say, sayWhen } from './wording.ts';

const mostItems = 50;
const mostDue = 10;

/** What a digest says now; undefined when there is nothing to say any more. */
export const digestContentOf = (pool: Pool, speaking: Speaking, message: TakenMessage): Promise<Content | undefined> =>
  message.moment === 'digest'
    ? ownDigest(pool, speaking, message)
    : message.moment === 'weekly-report'
      ? weeklyReport(pool, speaking, message)
      : queueDigest(pool, speaking, message);

async function ownDigest(pool: Pool, { names, publicUrl }: Speaking, { id, timeZone, ...message }: TakenMessage) {
  const language = languageOf(message.language);
  const found = await itemsOfDigest(pool, id, mostItems);
  const [first] = found;
  if (!first) return undefined;
  const count = first.all;
  const items = found.map(({ dueAt, moment, path, ...about }) => {
    const said = subjectOf(names, language, moment, about);
    const when = about.open ? sayWhen(language, timeZone, dueAt) : undefined;
    return { text: item(language, said, when), link: linkTo(publicUrl, path) };
  });
  return {
    ...{ language, subject: say(language, 'digest.subject', { count }), text: say(language, 'digest.text') },
    ...{ facts: [], items },
    more: count > items.length ? say(language, 'digest.more', { count: count - items.length }) : undefined,
    open: { label: say(language, 'open'), link: linkTo(publicUrl, pathOf.ownHandoffs) },
  };
}

async function queueDigest(pool: Pool, { names, publicUrl }: Speaking, { timeZone, ...message }: TakenMessage) {
  const language = languageOf(message.language);
  const queue = message.queue ?? '';
  const now = await queueAsItIs(pool, queue);
  if (now.open === 0) return undefined;
  const items = (await dueFirst(pool, queue, mostDue)).map(({ id, dueAt, ...about }) => ({
    text: item(language, subjectOf(names, language, 'opened', about), sayWhen(language, timeZone, dueAt)),
    link: linkTo(publicUrl, pathOf.handoff(id)),
  }));
  const named = names.queue(language, queue) ?? say(language, 'unnamed');
  return {
    ...{ language, text: say(language, 'queue-digest.text'), facts: countsOf(language, now), items },
    subject: say(language, 'queue-digest.subject', { queue: named, open: now.open, atRisk: now.atRisk }),
    open: { label: say(language, 'open'), link: linkTo(publicUrl, pathOf.queue(queue)) },
  };
}

/** Who has how much, but not their names: those stand behind the link. */
function countsOf(language: Language, { open, atRisk, hour, day, older, free, held }: QueueAsItIs): Content['facts'] {
  const people = { free, people: held.length, held: held.join(', ') || '0' };
  return [
    [say(language, 'queue-digest.open'), String(open)],
    [say(language, 'queue-digest.at-risk'), String(atRisk)],
    [say(language, 'queue-digest.age'), say(language, 'queue-digest.ages', { hour, day, older })],
    [say(language, 'queue-digest.held'), say(language, 'queue-digest.holders', people)],
  ];
}

const item = (language: Language, moment: string, due: string | undefined) =>
  due === undefined ? say(language, 'item.undated', { moment }) : say(language, 'item', { moment, due });
