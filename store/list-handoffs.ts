import { directoryName } from '../rules/canonical.ts';
import type { Cursor } from './cursor.ts';
import { columns, due, from, type StoredHandoff } from './handoffs.ts';
import { type Db, rows } from './pool.ts';

const byDue = `extract(epoch from ${due})`;
const ofQueue = `(h.person is null or h.sla_stage in ('escalated', 'expired'))`;
/** Once it was escalated, the queue that it was first given to may still answer. */
const alsoFirst = `(h.person is null and h.sla_stage = 'escalated')`;

/** Those of these queues and people too, in these processes. */
interface StandInFor {
  queues: readonly string[];
  people: readonly string[];
  processes: readonly string[];
}

export interface WantedHandoffs {
  /** Only those of these queues and of this person. */
  visibleTo?: { queues: readonly string[]; person: string; standIn?: StandInFor | undefined } | undefined;
  /** Only those that this queue or this person has now. */
  owner?: string | undefined;
  state?: string | undefined;
  kind?: string | undefined;
  caseId?: string | undefined;
  /** Only those behind this place, for the next page. */
  after?: Cursor | undefined;
  limit: number;
}

/** Open ones first, and what is due first. A person's name is never taken for a queue's, nor the other way round. */
export const listHandoffs = (db: Db, { visibleTo, owner, state, kind, caseId, after, limit }: WantedHandoffs) =>
  rows<StoredHandoff & { cursor: Cursor }>(
    db,
    'handoffs.list',
    `select ${columns}, json_build_object('closed', h.state <> 'open', 'by', ${byDue}::text, 'id', h.id) as cursor ${from}
     where ($1::text[] is null or h.person = any ($6) or (h.owner = any ($1) and ${ofQueue})
              or (h.first_owner = any ($1) and ${alsoFirst})
              or (h.process = any ($11) and (h.person = any ($12) or (h.owner = any ($13) and ${ofQueue})
                    or (h.first_owner = any ($13) and ${alsoFirst}))))
       and ($7::text is null or h.owner = $7 or (h.first_owner = $7 and ${alsoFirst})) and ($2::text is null or h.state = $2)
       and ($3::text is null or h.case_id = $3) and ($10::text is null or h.kind = $10)
       and ($4::boolean is null or (h.state <> 'open', ${byDue}, h.id) > ($4, $8::numeric, $9::text))
     order by h.state <> 'open', ${byDue}, h.id limit $5`,
    [
      ...[visibleTo ? [...visibleTo.queues] : null, state ?? null, caseId ?? null, after?.closed ?? null, limit],
      ...[visibleTo ? [directoryName(visibleTo.person), visibleTo.person] : null, owner ?? null],
      ...[after?.by ?? null, after?.id ?? null, kind ?? null],
      ...inPlaceOf(visibleTo?.standIn),
    ],
  );

const inPlaceOf = (standIn: StandInFor | undefined) =>
  standIn && standIn.people.length > 0
    ? [[...standIn.processes], standIn.people.flatMap((person) => [directoryName(person), person]), [...standIn.queues]]
    : [null, null, null];
