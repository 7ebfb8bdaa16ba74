import { type Answer, answersTo } from './answers.ts';
import type { Interval } from './intervals.ts';
import { bodyOf, type FactLine, instant, nameIn } from './lines.ts';
import type { Rates } from './rates.ts';
import { step, type StepFact } from './step.ts';

/** A handoff or a task, with when somebody worked on it. */
export interface HandoffFact {
  step: StepFact;
  /** Of several who had to approve, all but the one whose answer ended it. */
  approvals: StepFact[];
  /** What people's minutes cost, in millionths. */
  cost: number;
  /** While it was open, as far as the case waited for it. */
  waited: Interval[];
  /** While somebody worked on it. */
  touched: Interval[];
  queues: string[];
}

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
    return opened ? [factOf(caseId, id, opened, its, { endsAt, rates, lines })] : [];
  });
}

/** Their keys are the handoff's, and then when or what. */
const ofHandoff = new Set([
  ...['handoff.claimed', 'handoff.released', 'handoff.reassigned', 'handoff.approval-given', 'handoff.paused'],
  ...['handoff.resumed', 'handoff.at-risk', 'handoff.escalated', 'handoff.expired'],
]);
const ends = new Set(['handoff.decided', 'handoff.reworked', 'handoff.completed', 'handoff.withdrawn']);

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
  /** Of the whole case. */
  lines: readonly FactLine[];
}

function factOf(caseId: string, id: string, opened: FactLine, its: readonly FactLine[], around: Around): HandoffFact {
  const { endsAt, rates, lines } = around;
  const asked = bodyOf(opened);
  const isTask = asked['task'] !== undefined;
  const end = its.find(({ type }) => ends.has(type));
  const beganAt = instant(opened.at);
  const endedAt = end ? instant(end.at) : isTask ? undefined : endsAt;
  const owner = asked['person'] === undefined ? String(asked['owner']) : aPerson;
  const byPerson = end !== undefined && end.type !== 'handoff.withdrawn' && end.actor !== 'baton';
  const repair = asked['packet']?.breach !== undefined;
  const rule = repair ? String(asked['packet'].source) : ruleBefore(caseId, opened, lines);
  const about = { name: nameOf(caseId, id, asked), owner, rule };
  const answers = answersTo({ opened, end, byPerson, endedAt, owner, rates }, its, lines);
  const last = answers.at(-1)!;
  return {
    step: step({
      ...{ key: id, kind: isTask ? 'task' : 'handoff', ...about, beganAt, outcome: outcomeOf(end, endedAt) },
      ...{ endedAt: endedAt ?? null, ms: endedAt === undefined ? null : endedAt - beganAt, stage: stageOf(its) },
      ...{ person: byPerson ? end.actor : null, role: byPerson ? last.role : null },
      ...{ peopleMs: last.ms, estimated: last.estimated, edits: last.edits },
      error: repair ? String(asked['packet'].breach) : null,
    }),
    approvals: answers.slice(0, -1).map((one) => approvalOf(one, about)),
    cost: answers.reduce((sum, one) => sum + one.cost, 0),
    waited: !isTask || asked['task'] === waitedFor ? [[beganAt, endedAt ?? Infinity]] : [],
    touched: answers.flatMap(({ touched }) => touched),
    queues: [owner, ...its.filter(({ type }) => type === 'handoff.escalated').map((one) => String(bodyOf(one)['to']))],
  };
}

/** What it went back to somebody for has the name of no declared handoff. */
const nameOf = (caseId: string, id: string, asked: Record<string, any>): string =>
  asked['task'] ?? (asked['mayChange'] === undefined ? nameIn(caseId, id) : 'rework');

function outcomeOf(end: FactLine | undefined, endedAt: number | undefined): string | null {
  const { verdict, found } = end ? bodyOf(end) : {};
  if (end?.type === 'handoff.reworked') return 'reworked';
  return verdict ?? found ?? (endedAt === undefined ? null : 'withdrawn');
}

function approvalOf(
  { line, beganAt, role, ms, estimated, edits }: Answer,
  about: Pick<StepFact, 'name' | 'owner' | 'rule'>,
): StepFact {
  const { key, actor, at } = line!;
  const endedAt = instant(at);
  return step({
    ...{ key, kind: 'approval', ...about, beganAt, endedAt, ms: endedAt - beganAt },
    ...{ outcome: 'approved', person: actor, role, peopleMs: ms, estimated, edits },
  });
}

function stageOf(its: readonly FactLine[]): string {
  const has = (stage: string) => its.some(({ type }) => type === `handoff.${stage}`);
  return ['expired', 'escalated', 'at-risk'].find(has) ?? 'in-time';
}
