import { idsIn } from './event-facts.ts';
import type { StoredHandoff } from './handoffs.ts';
import type { OutgoingLine, Receiver } from './outbox.ts';
import { type Db, row, rows } from './pool.ts';

export const channel = 'baton_changes';

/** Where a line of the record stands that somebody may want to know of. */
export interface Place {
  caseId: string;
  seq: number;
}

/** What changed, and what says who may know: the handoff as it is now, the question's receiver. */
export interface Change {
  /** The type of the line of the record. */
  kind: string;
  caseId: string;
  process: string;
  requester: string;
  handoff: ChangedHandoff | undefined;
  question: { id: string; queue: string | null; person: string | null } | undefined;
}

export type ChangedHandoff = Pick<
  StoredHandoff,
  'id' | 'process' | 'owner' | 'firstOwner' | 'escalateTo' | 'person' | 'slaStage'
>;

/** A notification's text as a place; ids of cases hold no blanks. */
export function placeOf(text: string): Place | undefined {
  const [, caseId, seq] = /^(\S+) (\d+)$/.exec(text) ?? [];
  return caseId === undefined ? undefined : { caseId, seq: Number(seq) };
}

/** Tells of what cases did by themselves; of handoffs the store tells when the line is written. */
export const tellOfChanges: Receiver = async (db, lines) => {
  const places = lines.filter(({ type }) => !type.startsWith('handoff.')).map(({ caseId, seq }) => `${caseId} ${seq}`);
  if (places.length === 0) return;
  await row(db, 'changes.tell', 'select pg_notify($1, place) from unnest($2::text[]) place', [channel, places]);
};

type ChangedLine = Omit<OutgoingLine, 'at' | 'actor'> & { requester: string };

/** What changed at these places, in the order of each case. */
export async function readChanges(db: Db, places: readonly Place[]): Promise<Change[]> {
  const lines = await rows<ChangedLine>(
    db,
    'changes.lines',
    `select r.case_id as "caseId", c.process, c.requester, r.seq, r.type, r.key, r.body
     from unnest($1::text[], $2::int[]) p (case_id, seq) join record r using (case_id, seq) join cases c using (case_id)
     order by r.case_id, r.seq`,
    [places.map(({ caseId }) => caseId), places.map(({ seq }) => seq)],
  );
  const about = lines.filter(({ type }) => type.startsWith('handoff.'));
  const [handoffs, questions] = [await handoffsOf(db, about), await questionsOf(db, about)];
  return lines.map((line) => ({
    ...{ kind: line.type, caseId: line.caseId, process: line.process, requester: line.requester },
    handoff: handoffs.get(idsIn(line).find((id) => handoffs.has(id)) ?? ''),
    question: questions.get(line.key),
  }));
}

async function handoffsOf(db: Db, lines: readonly ChangedLine[]): Promise<Map<string, ChangedHandoff>> {
  const found = await rows<ChangedHandoff>(
    db,
    'changes.handoffs',
    `select id, process, owner, first_owner as "firstOwner", escalate_to as "escalateTo", person, sla_stage as "slaStage"
     from handoffs where id = any ($1)`,
    [lines.flatMap(idsIn)],
  );
  return new Map(found.map((one) => [one.id, one]));
}

async function questionsOf(db: Db, lines: readonly ChangedLine[]) {
  const found = await rows<NonNullable<Change['question']>>(
    db,
    'changes.questions',
    'select id, queue, person from questions where id = any ($1)',
    [lines.map(({ key }) => key)],
  );
  return new Map(found.map((one) => [one.id, one]));
}
