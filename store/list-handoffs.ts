import { directoryName } from '../rules/canonical.ts';
import type { Cursor } from './cursor.ts';
import { columns, from, type SlaStage, type StoredHandoff } from './handoffs.ts';
import { type Db, rows } from './pool.ts';

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
  slaStage?: SlaStage | undefined;
  claimedBy?: string | undefined;
  /** By somebody, or by nobody. */
  claimed?: boolean | undefined;
  process?: string | undefined;
  /** Stands in the case's id, or in a text of what the handoff shows. */
  search?: string | undefined;
  caseId?: string | undefined;
  /** Only those behind this place, for the next page. */
  after?: Cursor | undefined;
  limit: number;
}

const order = 'h.closed, h.due_at, h.id';
/** A person's name is never taken for a queue's, nor the other way round. */
const withQueue = `(h.person is null or h.sla_stage in ('escalated', 'expired'))`;
/** Once it was escalated, the queue that it was first given to may still answer. */
const alsoFirst = `h.person is null and h.sla_stage = 'escalated'`;

/**
 * Open ones first, and what is due first. Each filter is a condition of its own, and each way to see a handoff a part of its own,
 * read from an index in the order of the list: whose list is long is answered as soon as whose is short.
 */
export function listHandoffs(db: Db, wanted: WantedHandoffs): Promise<(StoredHandoff & { cursor: Cursor })[]> {
  const { text, name, values } = handoffsPage(wanted);
  return rows(db, name, text, values);
}

interface Part {
  /** What is read for each of, as a list of the statement's. */
  among?: string;
  where: string[];
}

/** The statement of one page, and the name of its shape. */
export function handoffsPage(wanted: WantedHandoffs): { name: string; text: string; values: unknown[] } {
  const { visibleTo, owner } = wanted;
  const values: unknown[] = [wanted.limit];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const filters = filtersOf(wanted, value);
  const parts = visibleTo ? seenBy(visibleTo, value) : owner === undefined ? [{ where: [] }] : partsOf(value(owner));
  const alsoOwner = visibleTo && owner !== undefined ? [ownedBy(value(owner))] : [];
  const pages = parts.map((part) => pageOf(part, [...Object.values(filters), ...alsoOwner]));
  const shape = [
    visibleTo ? `seen by ${1 + (visibleTo.standIn?.people.length ?? 0)}` : 'all',
    ...(owner === undefined ? [] : ['owner']),
    ...Object.keys(filters),
  ];
  const page = `select distinct on (${order}) h.* from (${pages.join(' union all ')}) h order by ${order} limit $1`;
  const text = `with page as materialized (${page})
    select ${columns}, json_build_object('closed', h.closed, 'by', extract(epoch from h.due_at)::text, 'id', h.id) as cursor
    ${from.replace('handoffs h', 'page h')} order by ${order}`;
  return { name: `handoffs.list ${shape.join(' ')}`, text, values };
}

type Value = (one: unknown) => string;

const partsOf = (queue: string, among?: string): Part[] => [
  { ...(among ? { among } : {}), where: [`h.owner = ${queue}`] },
  { ...(among ? { among } : {}), where: [`h.first_owner = ${queue}`, alsoFirst] },
];

const ownedBy = (owner: string): string => `(h.owner = ${owner} or (h.first_owner = ${owner} and ${alsoFirst}))`;

function seenBy({ queues, person, standIn }: NonNullable<WantedHandoffs['visibleTo']>, value: Value): Part[] {
  const names = `unnest(${value([...new Set([directoryName(person), person])])}::text[]) as one`;
  const [owned, first] = partsOf('queue', `unnest(${value([...new Set(queues)])}::text[]) as queue`);
  const own = [{ ...owned!, where: [...owned!.where, withQueue] }, first!, { among: names, where: ['h.person = one'] }];
  if (!standIn || standIn.people.length === 0) return own;
  const inProcesses = `h.process = any (${value([...standIn.processes])})`;
  const theirs = standIn.people.map((one) => ({ queues: standIn.queues, person: one }));
  const others = theirs.flatMap((one) => seenBy(one, value));
  return [...own, ...others.map((part) => ({ ...part, where: [...part.where, inProcesses] }))];
}

function pageOf({ among, where }: Part, filters: readonly string[]): string {
  const conditions = [...where, ...filters].join(' and ') || 'true';
  const page = `select h.* from handoffs h where ${conditions} order by ${order} limit $1`;
  return among ? `(select h.* from ${among} cross join lateral (${page}) h)` : `(${page})`;
}

/** A condition for each filter, by a word for it. */
function filtersOf(wanted: WantedHandoffs, value: Value): Record<string, string> {
  const { state, kind, slaStage, claimedBy, claimed, process, search, caseId, after } = wanted;
  return {
    ...(state === 'open' ? { open: 'not h.closed' } : {}),
    ...(state !== undefined && state !== 'open' ? { state: `h.closed and h.state = ${value(state)}` } : {}),
    ...(kind === undefined ? {} : { kind: `h.kind = ${value(kind)}` }),
    ...(slaStage === undefined ? {} : { stage: `h.sla_stage = ${value(slaStage)}` }),
    ...(claimedBy === undefined ? {} : { claimed: `h.claimed_by = ${value(claimedBy)}` }),
    ...(claimed === undefined
      ? {}
      : claimed
        ? { taken: 'h.claimed_by is not null' }
        : { free: 'h.claimed_by is null' }),
    ...(process === undefined ? {} : { process: `h.process = ${value(process)}` }),
    ...(search === undefined ? {} : { search: holds(search, value) }),
    ...(caseId === undefined ? {} : { case: `h.case_id = ${value(caseId)}` }),
    ...(after ? { after: placeOf(after, value) } : {}),
  };
}

/**
 * In the id, or in a value of the packet or the terms; in the id alone of one that hides a draft, and of one that somebody gets back,
 * to whom no rule is shown. Most hold it nowhere in their JSON, which is seen without reading that as such.
 */
function holds(search: string, value: Value): string {
  const inId = `strpos(lower(h.case_id), lower(${value(search)})) > 0`;
  const path = value(`$.** ? (@ like_regex ${JSON.stringify(search)} flag "iq")`);
  const spelled = value(JSON.stringify(search).slice(1, -1));
  const inTexts = ['packet', 'terms'].map(
    (part) => `case when strpos(lower(h.${part}::text), lower(${spelled})) > 0
      then jsonb_path_exists(h.${part}::jsonb, ${path}::jsonpath) end`,
  );
  return `(${inId} or (h.hidden = '{}' and (h.kind <> 'rework' or h.person is null) and (${inTexts.join(' or ')})))`;
}

const placeOf = ({ closed, by, id }: Cursor, value: Value): string =>
  `(${order}) > (${value(closed)}, to_timestamp(${value(by)}::float8), ${value(id)})`;
