import { createPatch } from 'rfc6902';
import type { Interval } from './intervals.ts';
import { clipped, lengthOf } from './intervals.ts';
import { bodyOf, type FactLine, instant, nameIn } from './lines.ts';
import { costOfPeople, queueRate, type Rates } from './rates.ts';
import { step, type StepFact } from './step.ts';

/** A handoff or a task, with when somebody worked on it. */
export interface HandoffFact {
  step: StepFact;
  /** What people's minutes cost, in millionths. */
  cost: number;
  /** While it was open, as far as the case waited for it. */
  waited: Interval[];
  /** While somebody worked on it. */
  touched: Interval[];
  queues: string[];
}

const minute = 60_000;
/** A case goes on beside its other tasks. */
const waitedFor = 'outcome-unknown';
/** Handed to somebody by name: facts hold no names of owners. */
const aPerson = 'a person';

/** Every handoff of a case. `endsAt`: when what is still open is withdrawn; none where the case is open. */
export function handoffFacts(
  caseId: string,
  lines: readonly FactLine[],
  endsAt: number | undefined,
  rates: Rates,
): HandoffFact[] {
  const byId = Map.groupBy(
    lines.filter(({ type }) => type.startsWith('handoff.')),
    ({ type, key }) => (ofHandoff.has(type) ? key.replace(/\/[^/]+$/, '') : key),
  );
  return [...byId].flatMap(([id, its]) => {
    const opened = its.find(({ type }) => type === 'handoff.opened');
    return opened ? [factOf(caseId, id, opened, its, { endsAt, rates, rule: ruleBefore(caseId, opened, lines) })] : [];
  });
}

/** Their keys are the handoff's, and then when or what. */
const ofHandoff = new Set([
  ...['handoff.claimed', 'handoff.released', 'handoff.at-risk', 'handoff.escalated', 'handoff.expired'],
]);
const ends = new Set(['handoff.decided', 'handoff.completed', 'handoff.withdrawn']);

/** The row that sent these terms to somebody: the last that ruled on them. */
function ruleBefore(caseId: string, opened: FactLine, lines: readonly FactLine[]): string | null {
  const on = bodyOf(opened)['termsName'];
  const ruled = lines.findLast(
    (one) => one.type === 'policy.ruled' && one.seq < opened.seq && bodyOf(one)['on'] === on,
  );
  return ruled && on !== undefined ? `${nameIn(caseId, ruled.key)}/${bodyOf(ruled)['rule']}` : null;
}

interface Around {
  endsAt: number | undefined;
  rates: Rates;
  rule: string | null;
}

function factOf(caseId: string, id: string, opened: FactLine, its: readonly FactLine[], around: Around): HandoffFact {
  const { endsAt, rates, rule } = around;
  const asked = bodyOf(opened);
  const isTask = asked['task'] !== undefined;
  const end = its.find(({ type }) => ends.has(type));
  const said = end ? bodyOf(end) : {};
  const beganAt = instant(opened.at);
  const endedAt = end ? instant(end.at) : isTask ? undefined : endsAt;
  const owner = asked['person'] === undefined ? String(asked['owner']) : aPerson;
  const byPerson = end !== undefined && end.type !== 'handoff.withdrawn' && end.actor !== 'baton';
  const role = said['role'] === undefined || said['role'] === end?.actor ? owner : String(said['role']);
  const worked = workOn(its, beganAt, endedAt, byPerson, queueRate(rates, role));
  const repair = asked['packet']?.breach !== undefined;
  const outcome = said['verdict'] ?? said['found'] ?? (endedAt === undefined ? null : 'withdrawn');
  return {
    step: step({
      ...{
        key: id,
        kind: isTask ? 'task' : 'handoff',
        name: asked['task'] ?? nameIn(caseId, id),
        owner,
        beganAt,
        outcome,
      },
      ...{ endedAt: endedAt ?? null, ms: endedAt === undefined ? null : endedAt - beganAt, stage: stageOf(its) },
      ...{ person: byPerson ? end.actor : null, peopleMs: worked.ms, estimated: worked.estimated },
      edits: said['verdict'] === 'approved' ? editsBetween(asked['terms'], said['terms']) : [],
      rule: repair ? String(asked['packet'].source) : rule,
      error: repair ? String(asked['packet'].breach) : null,
    }),
    cost: costOfPeople(rates, role, worked.ms),
    waited: !isTask || asked['task'] === waitedFor ? [[beganAt, endedAt ?? Infinity]] : [],
    touched: worked.touched,
    queues: [owner, ...its.filter(({ type }) => type === 'handoff.escalated').map((one) => String(bodyOf(one)['to']))],
  };
}

/** From claim to answer, at most so long; where nobody claimed it, the declared estimate before the answer. */
function workOn(
  its: readonly FactLine[],
  beganAt: number,
  endedAt: number | undefined,
  answered: boolean,
  { estimateMinutes, mostMinutes }: { estimateMinutes: number; mostMinutes: number },
): { ms: number; estimated: boolean; touched: Interval[] } {
  const claims = claimsIn(its, endedAt);
  const last = endedAt ?? beganAt;
  if (claims.length > 0) {
    const ms = Math.min(lengthOf(claims), mostMinutes * minute);
    return { ms, estimated: false, touched: claims };
  }
  if (!answered) return { ms: 0, estimated: false, touched: [] };
  const ms = Math.round(estimateMinutes * minute);
  return { ms, estimated: true, touched: clipped([[last - ms, last]], [beganAt, last]) };
}

function claimsIn(its: readonly FactLine[], endedAt: number | undefined): Interval[] {
  const claims: Interval[] = [];
  let since: number | undefined;
  for (const { type, at } of its) {
    if (type === 'handoff.claimed') since ??= instant(at);
    else if (since !== undefined && ['handoff.released', 'handoff.escalated'].includes(type)) {
      claims.push([since, instant(at)]);
      since = undefined;
    }
  }
  if (since !== undefined && endedAt !== undefined) claims.push([since, endedAt]);
  return claims.filter(([from, until]) => until > from);
}

function stageOf(its: readonly FactLine[]): string {
  const has = (stage: string) => its.some(({ type }) => type === `handoff.${stage}`);
  return ['expired', 'escalated', 'at-risk'].find(has) ?? 'in-time';
}

/** Where a person changed the terms, as JSON Pointers, `*` for any line of a list. One for each operation of the JSON Patch. */
function editsBetween(before: unknown, after: unknown): string[] {
  if (before === undefined || after === undefined || after === null) return [];
  return createPatch(before, after).map(({ path }) => path.replaceAll(/\/(?:\d+|-)(?=\/|$)/g, '/*'));
}
