import { isOneOfNames } from '../rules/canonical.ts';
import { type Db, row, rows } from './pool.ts';

/** Of one line at most so many people of a queue learn: its leads first. */
const mostOfQueue = 200;

/** What is to be known of a handoff to say who learns of it. */
export interface HandoffOfLine {
  id: string;
  caseId: string;
  owner: string;
  /** As the store of people spells them. */
  person: string | null;
  claimedBy: string | null;
  requester: string;
  /** Whoever may not answer: who asked or reworked it, whom it is about, who approved what another must approve. Of a rework nobody. */
  excluded: string[];
}

/** The handoff that a line of the record is about: its key is the handoff's id, or begins with it. */
export const handoffOfLine = (db: Db, caseId: string, key: string) =>
  row<HandoffOfLine>(
    db,
    'messages.handoffOfLine',
    `select h.id, h.case_id as "caseId", h.owner, h.claimed_by as "claimedBy", c.requester,
            case when h.person is not null then coalesce(
              (select p.person from people p where p.canonical = h.person), h.person) end as person,
            case when h.kind = 'rework' then '{}' else askers_of(h.case_id) || reworkers_of(h.id) || c.about || array(
              select who from approvers a join handoffs o on o.id = a.handoff_id, unnest(array[a.by, a.for_person]) as who
              where a.case_id = h.case_id and o.id <> h.id and who is not null
                and (o.name = any (h.not_by) or h.name = any (o.not_by))) end as excluded
     from handoffs h join cases c using (case_id)
     where h.case_id = $1 and (h.id = $2 or starts_with($2, h.id || '/')) order by length(h.id) desc limit 1`,
    [caseId, key],
  );

/** The members of a queue, but for these. */
export async function membersOf(db: Db, queue: string, excluded: readonly string[]): Promise<string[]> {
  const found = await rows<{ person: string }>(
    db,
    'messages.members',
    `select m.person from members m left join queue_leads l on l.queue = m.role and l.person = m.person
     where m.role = $1 order by l.person is null, m.person limit $2`,
    [queue, mostOfQueue],
  );
  return found.map(({ person }) => person).filter((person) => !isOneOfNames(excluded, person));
}

export async function leadsOf(db: Db, queue: string): Promise<string[]> {
  const found = await rows<{ person: string }>(
    db,
    'messages.leads',
    `select person from queue_leads left join people using (person) where queue = $1 and coalesce(active, true)
     order by person limit $2`,
    [queue, mostOfQueue],
  );
  return found.map(({ person }) => person);
}

/** Whether it is somebody whom the store knows, and no system: others have no address to write to. */
export async function isKnownPerson(db: Db, person: string): Promise<boolean> {
  const found = await row(
    db,
    'messages.knownPerson',
    `select from people p where person = $1 and active and not exists (
       select from members m where m.person = p.person and m.role = 'system')`,
    [person],
  );
  return found !== undefined;
}

/** Who wrote lines of this type under a key, or under one that begins with it. */
export async function actorsOf(db: Db, caseId: string, type: string, key: string): Promise<string[]> {
  const found = await rows<{ actor: string }>(
    db,
    'messages.actors',
    `select distinct actor from record
     where case_id = $1 and type = $3 and (key = $2 or starts_with(key, $2 || '/')) order by actor limit 50`,
    [caseId, key, type],
  );
  return found.map(({ actor }) => actor);
}
