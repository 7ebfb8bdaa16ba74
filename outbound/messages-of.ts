import type { ProcessDefinition } from '../core/declare/definition.ts';
import { isSameName } from '../rules/canonical.ts';
import {
  actorsOf,
  type HandoffOfLine,
  handoffOfLine,
  isKnownPerson,
  leadsOf,
  membersOf,
} from '../store/message-receivers.ts';
import { type NewMessage, storeMessages } from '../store/messages.ts';
import type { OutgoingLine, Receiver } from '../store/outbox.ts';
import type { Db } from '../store/pool.ts';
import { pathOf } from './links.ts';
import { asking, type Moment } from './moments.ts';

interface Happened {
  db: Db;
  line: OutgoingLine;
  /** What the line says of it; each type of line has its own fields. */
  said: Readonly<Record<string, unknown>>;
  handoff: HandoffOfLine;
  /** The queue that answers for the process. */
  processOwner: string | undefined;
}

type ToWhom = (happened: Happened) => Promise<NewMessage[]>;

/** Stores, for each line about a handoff, a message to everybody who is to learn of it. */
export const storesMessages =
  (definitions: Readonly<Record<string, ProcessDefinition>>): Receiver =>
  async (db, lines) => {
    for (const line of lines) {
      const toWhom = Object.hasOwn(byType, line.type) ? byType[line.type] : undefined;
      const handoff = toWhom && (await handoffOfLine(db, line.caseId, handoffKeyOf(line)));
      if (!toWhom || !handoff) continue;
      const processOwner = Object.hasOwn(definitions, line.process) ? definitions[line.process]!.owner : undefined;
      const said = (line.body ?? {}) as Happened['said'];
      await storeMessages(db, `${line.caseId}#${line.seq}`, await toWhom({ db, line, said, handoff, processOwner }));
    }
  };

/** A line about a question says which handoff it is about; the key of every other is the handoff's, or begins with it. */
const handoffKeyOf = ({ key, body }: OutgoingLine): string =>
  text((body as Happened['said'] | null)?.['handoff']) ?? key;

const byType: Readonly<Record<string, ToWhom>> = {
  'handoff.opened': async (happened) => {
    const { said, handoff } = happened;
    return handoff.person
      ? toAsked(happened, handoff.person, 'assigned')
      : toQueue(happened, text(said['owner']), 'opened');
  },

  'handoff.unattended': async (happened) => {
    const { said, handoff, processOwner } = happened;
    const next = await toQueue(happened, text(said['escalateTo']), 'unattended');
    const owners = await toQueue(happened, processOwner, 'unattended');
    return [...next, ...owners].map((message) => ({
      ...message,
      queue: text(said['owner']),
      path: pathOf.case(handoff.caseId),
    }));
  },

  'handoff.at-risk': async (happened) => {
    const { said, handoff } = happened;
    const whose = handoff.claimedBy ?? handoff.person;
    return whose ? toAsked(happened, whose, 'at-risk') : toQueue(happened, text(said['from']), 'at-risk');
  },

  'handoff.escalated': async (happened) => {
    const { db, said, handoff } = happened;
    const [from, to] = [text(said['from']), text(said['to'])];
    const leads = from && from !== to ? await leadsOf(db, from) : [];
    return [
      ...(await toQueue(happened, to, 'escalated')),
      ...leads.map((person) => mail(handoff, person, 'left-queue', to)),
    ];
  },

  'handoff.asked': async (happened) => {
    const { line, said, handoff } = happened;
    const to = text(said['to']);
    const asked =
      to === 'requester'
        ? (await requesterOf(happened)).map((person) => mail(handoff, person, 'asked'))
        : await toQueue(happened, to, 'asked', [line.actor]);
    const question = { question: line.key, dueAt: text(said['dueAt']), path: pathOf.question(line.key) };
    return asked.map((message) => ({ ...message, ...question }));
  },

  'handoff.answered': async ({ db, line, handoff }) => {
    const askers = await actorsOf(db, line.caseId, 'handoff.asked', line.key);
    return askers.map((person) => mail(handoff, person, 'answered'));
  },

  'handoff.decided': async (happened) => {
    const { db, line, said, handoff } = happened;
    if (said['verdict'] === 'expired') return []; // that has a line and a moment of its own
    const commented = await actorsOf(db, line.caseId, 'handoff.commented', handoff.id);
    const looking = [...(handoff.claimedBy ? [handoff.claimedBy] : []), ...commented];
    const requester = await requesterOf(happened);
    return [
      ...requester.map((person) => ({ ...mail(handoff, person, 'decided'), path: pathOf.case(handoff.caseId) })),
      ...looking.map((person) => mail(handoff, person, 'decided')),
    ].filter(({ receiver }) => !isSameName(receiver, line.actor));
  },

  'handoff.expired': async (happened) => {
    const { db, said, handoff, processOwner } = happened;
    const leads = await leadsOf(db, text(said['from']) ?? '');
    const path = pathOf.case(handoff.caseId);
    return [
      ...leads.map((person) => mail(handoff, person, 'expired')),
      ...(await toQueue(happened, processOwner, 'expired')),
    ].map((message) => ({ ...message, path }));
  },

  'handoff.reassigned': async (happened) => {
    const to = text(happened.said['to']);
    return to === undefined ? [] : toAsked(happened, to, 'assigned');
  },
};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const mail = (handoff: HandoffOfLine, receiver: string, moment: Moment, queue?: string): NewMessage => ({
  ...{ receiver, channel: 'mail', moment, handoffId: handoff.id, queue },
  ...{ path: pathOf.handoff(handoff.id), asks: asking.has(moment) },
});

/** Whoever may not answer is not asked. */
const toAsked = ({ handoff }: Happened, person: string, moment: Moment): NewMessage[] =>
  handoff.excluded.some((one) => isSameName(one, person)) ? [] : [mail(handoff, person, moment, handoff.owner)];

/** Mail to the queue's members, but for those who may not answer, and a card in its chat if it has one. */
async function toQueue(
  { db, handoff }: Happened,
  queue: string | undefined,
  moment: Moment,
  excluded: readonly string[] = asking.has(moment) ? handoff.excluded : [],
): Promise<NewMessage[]> {
  if (queue === undefined) return [];
  const members = await membersOf(db, queue, excluded);
  return [
    { ...mail(handoff, queue, moment, queue), channel: 'chat' },
    ...members.map((person) => mail(handoff, person, moment, queue)),
  ];
}

async function requesterOf({ db, handoff }: Happened): Promise<string[]> {
  return (await isKnownPerson(db, handoff.requester)) ? [handoff.requester] : [];
}
