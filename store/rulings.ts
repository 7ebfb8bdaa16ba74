import { directoryName, isOneOfNames, isSameName } from '../rules/canonical.ts';
import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';
import { appending, type Entry } from './record.ts';

export interface NewRuling {
  policy: string;
  verdict: string;
  rule: string;
  termsName: string;
  terms: unknown;
  /** Of the table that it was ruled by. */
  tableDigest: string;
  /** The verdict's place among the policy's verdicts, 0 the least careful. */
  carefulness: number;
  /** What it adds to sums over several cases; none where terms so ruled are not written. */
  counted?: readonly { key: string; item: string; amount: number }[] | undefined;
}

/**
 * Stores a ruling with its step and its line of the record, all or none. `outdated`: nothing is stored, since a newer table
 * was published than the one it was ruled by. `known`: there is one under its key already. A ruling holds as long as everything that was read for the case is fresh; of what was read again, the newest reading counts.
 */
export async function addRuling(
  db: Db,
  process: string,
  input: unknown,
  result: unknown,
  ruling: NewRuling,
  entry: Entry,
): Promise<'stored' | 'known' | 'outdated'> {
  const { policy, verdict, rule, termsName, terms, tableDigest, carefulness, counted } = ruling;
  const found = await row<{ newest: boolean; stored: boolean }>(
    db,
    'rulings.add',
    `with newest as (
       select (select digest from tables where process = $17 and policy = $9 order by version desc limit 1) = $15 as newest),
     stored as (
       insert into steps (key, case_id, kind, input_digest, result) select $3, $1, $2, $7, $8 from newest where newest
       on conflict (key) do nothing returning key),
     ruling as (
       insert into rulings (id, case_id, policy, verdict, rule, terms_name, terms, terms_digest, table_digest, carefulness, counted, valid_until)
       select key, $1, $9, $10, $11, $12, $13, $14, $15, $16, $18::json is not null,
              (select min(fresh) from (
                 select distinct on (source) (result->>'freshUntil')::timestamptz as fresh
                 from steps, json_object_keys(result->'context') source
                 where case_id = $1 and kind = 'context.assembled' order by source, at desc) read)
       from stored returning id),
     counting as (
       insert into counted (ruling, case_id, key, item, amount)
       select id, $1, key, item, amount from ruling, json_to_recordset($18) as item (key text, item text, amount bigint))
     select newest, (select append_record($1, $2, $3, $4, $5, $6) from stored) is not null as stored from newest`,
    [
      ...appending(entry),
      ...[
        digest(input),
        JSON.stringify(result),
        policy,
        verdict,
        rule,
        termsName,
        JSON.stringify(terms),
        digest(terms),
      ],
      ...[tableDigest, carefulness, process, counted ? JSON.stringify(counted) : null],
    ],
  );
  if (!found?.newest) return 'outdated';
  return found.stored ? 'stored' : 'known';
}

/** What an approval's reference stands for, looked up when it is used. */
export interface StoredApproval {
  reference: string;
  caseId: string;
  verdict: string;
  termsName: string;
  terms: unknown;
  /**
   * Rulings: the facts are fresh, not counting the time (a day at most) for which a switch held the case's writes since; or they were
   * when its supervisor was asked. Decisions: always.
   */
  fresh: boolean;
  /**
   * Decisions by a person, or by several: each is still a member of the role, or who they stood in for is; none is anybody who asked,
   * whom it is about, or who approved what must be another's.
   */
  person: {
    by: string;
    handoff: string;
    amended: boolean;
    /** The policies that ruled on these terms since, and were no more careful than before; `allow`, where they had not ruled before. */
    ruledAgainBy: string[];
    /** So many different people approved as must. */
    enough: boolean;
    member: boolean;
    active: boolean;
    /** Their limits of authority, as they are now, allow it. */
    within: boolean;
    requester: boolean;
    about: boolean;
    another: boolean;
    /** Approved in the name of the supervising queue, or to supervise. */
    supervises: boolean;
  } | null;
}

/**
 * What is known before a write is tried: rulings and decisions by their references, of which unknown ones are missing, and
 * whether a write under this key was begun before.
 */
export async function beforeWrite(
  db: Db,
  key: string,
  references: readonly string[],
  supervisedBy: string,
): Promise<{ begun: boolean; approvals: StoredApproval[] }> {
  const found = await row<{ begun: boolean; approvals: Found[] }>(
    db,
    'approvals.find',
    `select exists (select 1 from actions where key = $2) as begun, coalesce(json_agg(a), '[]') as approvals from (
       select id as reference, case_id as "caseId", verdict, terms_name as "termsName", terms,
              coalesce(valid_until + least(interval '24 hours', (
                  select coalesce(sum(held_ms * interval '1 ms' + coalesce(clock_timestamp() - since, '0')), '0') from held
                  where held.case_id = rulings.case_id and first_at >= rulings.at))
                > least(clock_timestamp(), (select min(opened_at) from handoffs where id = any ($1) and name = 'supervision')),
                true) as fresh, null::json as person
       from rulings where id = any ($1)
       union all
       select d.handoff_id, d.case_id, d.verdict, h.terms_name, d.terms, true,
              json_build_object('by', d.by, 'handoff', h.name, 'amended', d.amended, 'askers', askers_of(d.case_id), 'about', c.about,
                'asked', h.person, 'needed', h.approvals_needed,
                'approvers', (
                  select coalesce(json_agg(json_build_object('by', a.by, 'for', a.for_person, 'member', a.in_role,
                    'active', a.active, 'within', a.within)), '[]')
                  from approvers_now a where a.handoff_id = d.handoff_id),
                'supervises', d.role = $3 or h.name = 'supervision',
                'another', (
                  select coalesce(bool_or(approved_another(a.handoff_id, array[a.by, a.for_person])), false)
                  from approvers a where a.handoff_id = d.handoff_id),
                'ruledAgainBy', (
                  select coalesce(json_agg(distinct r.policy), '[]') from rulings r
                  where r.case_id = d.case_id and r.terms_name = h.terms_name and r.at >= d.at and r.terms_digest = d.terms_digest
                    and r.carefulness <= coalesce((
                      select o.carefulness from rulings o
                      where o.case_id = d.case_id and o.policy = r.policy and o.terms_name = h.terms_name and o.at < d.at
                      order by o.at desc limit 1), 0)))
       from decisions d join handoffs h on h.id = d.handoff_id join cases c on c.case_id = d.case_id
       where d.handoff_id = any ($1)) a`,
    [[...references], key, supervisedBy],
  );
  const { begun, approvals } = found!;
  return {
    begun,
    approvals: approvals.map(({ person, ...one }) => ({ ...one, person: person && standingOf(person) })),
  };
}

/** Who or what approved, and why, by their references: a row of a policy, or a person. */
export const approvedBy = (
  db: Db,
  references: readonly string[],
): Promise<{ reference: string; by: string; because: string }[]> =>
  rows(
    db,
    'approvals.by',
    `select id as reference, policy as by, rule as because from rulings where id = any ($1)
     union all
     select handoff_id, by || coalesce(' for ' || for_person, ''), because from decisions where handoff_id = any ($1)`,
    [[...references]],
  );

type Found = Omit<StoredApproval, 'person'> & { person: Giver | null };

type Person = NonNullable<StoredApproval['person']>;

type Held = 'member' | 'active' | 'within';

type Giver = Omit<Person, 'requester' | 'about' | 'enough' | Held> & {
  /** Whom the handoff was given to by name. */
  asked: string | null;
  needed: number;
  approvers: ({ by: string; for: string | null } & Pick<Person, Held>)[];
  askers: string[];
  about: string[];
};

function standingOf({ asked, needed, approvers, askers, about, ...giver }: Giver): Person {
  const people = approvers.flatMap((one) => (one.for === null ? one.by : [one.by, one.for]));
  return {
    ...giver,
    enough: approvers.length >= needed && new Set(people.map(directoryName)).size === people.length,
    member: approvers.every((one) => one.member || isSameName(asked, one.for ?? one.by)),
    active: approvers.every((one) => one.active),
    within: approvers.every((one) => one.within),
    requester: people.some((person) => isOneOfNames(askers, person)),
    about: people.some((person) => isOneOfNames(about, person)),
  };
}

/** What a ruling of this case said beside its verdict; undefined when there is no such ruling. */
export async function findOutputs(db: Db, caseId: string, id: string): Promise<Record<string, unknown> | undefined> {
  const found = await row<{ outputs: Record<string, unknown> | null }>(
    db,
    'rulings.outputs',
    `select result->'outputs' as outputs from steps where key = $2 and case_id = $1 and kind = 'policy.ruled'`,
    [caseId, id],
  );
  return found && (found.outputs ?? {});
}
