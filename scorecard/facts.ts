import { type Cause, causeOf } from './attribution.ts';
import { driftValues, type DriftValues } from './drift-values.ts';
import { type HandoffFact, handoffFacts } from './handoff-facts.ts';
import { judge, reviewIn } from './judgements.ts';
import { clipped, type Interval, lengthWithout } from './intervals.ts';
import { asOfLastMoment, bodyOf, type FactLine, instant, nameIn, withoutOthers } from './lines.ts';
import { step, type StepFact } from './step.ts';
import { type Declared, stepFacts } from './step-facts.ts';
import { type Worth, worthOf } from './worth.ts';

/** One case as it is counted; columns as in `fact_cases`. Instants and spans in milliseconds, money in millionths. */
export interface CaseFact extends Worth {
  caseId: string;
  process: string;
  owners: string[];
  version: string;
  tables: string[];
  country: string | null;
  seq: number;
  openedAt: number;
  closedAt: number | null;
  outcome: string | null;
  failed: boolean;
  straightThrough: boolean;
  cause: Cause | null;
  cycleMs: number | null;
  touchMs: number | null;
  waitMs: number | null;
  peopleMs: number;
  estimatedMs: number;
  handoffs: number;
  rework: number;
  edits: number;
  withinSla: boolean | null;
  rollback: string | null;
  compensationMs: number | null;
  reversed: boolean;
  tokens: number;
  modelCost: number;
  peopleCost: number;
  feeCost: number;
  unpriced: boolean;
  drift: DriftValues;
}

export interface Facts {
  case: CaseFact;
  steps: StepFact[];
}

const failures = ['failed', 'terminated'];
const ourTasks = ['key-reused', 'too-long', 'terminated', 'reconciliation'];

/**
 * All that is counted of a case, from its record and the declarations alone; undefined where there is no line yet. The same lines
 * always give the same facts.
 */
export function factsOf(caseId: string, record: readonly FactLine[], declared: Declared): Facts | undefined {
  const counted = asOfLastMoment(record);
  const lines = withoutOthers(counted);
  const opened = lines.find(({ type }) => type === 'case.opened');
  if (!opened) return undefined;
  const { definition, rates } = declared;
  const find = (type: string) => lines.find((line) => line.type === type);
  const [closed, compensating] = [find('case.closed'), find('compensation.started')];
  const ended = compensating ?? closed;

  const asked = handoffFacts(caseId, lines, ended && instant(ended.at), rates);
  const done = stepFacts(caseId, lines, declared);
  const people = asked.flatMap((one) => [one.step, ...one.approvals]);
  const steps = [...done.steps, ...people, ...compensationOf(caseId, compensating, closed)];
  judge(steps, reviewIn(counted));

  const end = closed ? bodyOf(closed) : {};
  const outcome = closed ? String(end['outcome']) : null;
  const failed = outcome !== null && failures.includes(outcome);
  // A process may conclude under this word, too.
  const cancelled = outcome === 'cancelled' && (compensating ?? find('case.cancellation-requested')) !== undefined;
  const decisions = asked.filter(({ step: { kind } }) => kind === 'handoff');
  const afterClose = lines.filter(({ seq }) => closed && seq > closed.seq);
  const sum = (take: (one: StepFact) => number) => steps.reduce((total, one) => total + take(one), 0);
  return {
    steps,
    case: {
      ...{
        caseId,
        process: String(bodyOf(opened)['process']),
        seq: counted.at(-1)!.seq,
        ...timesOf(opened, closed, steps, asked),
      },
      owners: [
        ...new Set([...(definition ? [definition.owner] : []), ...asked.flatMap(({ queues }) => queues)]),
      ].sort(),
      version: String(bodyOf(opened)['build'] ?? 'unversioned'),
      tables: tablesIn(caseId, lines),
      country: countryIn(lines),
      ...{ outcome, failed },
      straightThrough: outcome !== null && !failed && !cancelled && asked.length === 0,
      cause: closed ? causeOf(signsOf(steps, outcome, compensating)) : null,
      peopleMs: sum(({ peopleMs }) => peopleMs),
      estimatedMs: sum(({ peopleMs, estimated }) => (estimated ? peopleMs : 0)),
      handoffs: decisions.length,
      rework: decisions.filter((one) => one.step.outcome === 'returned').length,
      edits: sum(({ edits }) => edits.length),
      withinSla: decisions.length === 0 ? null : decisions.every(({ step: { stage } }) => inTime.includes(stage!)),
      rollback: end['rollback'] ?? null,
      compensationMs: compensating && closed ? instant(closed.at) - instant(compensating.at) : null,
      reversed: afterClose.some(({ type }) => type === 'action.compensated'),
      tokens: sum(({ tokens }) => tokens),
      ...{ modelCost: done.modelCost, feeCost: done.feeCost, unpriced: done.unpriced },
      peopleCost: asked.reduce((total, { cost }) => total + cost, 0),
      ...worthOf(end['impact'], lines, definition),
      drift: definition ? driftValues(caseId, lines, definition) : {},
    },
  };
}

const inTime = ['in-time', 'at-risk'];

/** What is not waiting is touch: Baton at work, or somebody who claimed what it asked. */
function timesOf(
  opened: FactLine,
  closed: FactLine | undefined,
  steps: readonly StepFact[],
  asked: readonly HandoffFact[],
): Pick<CaseFact, 'openedAt' | 'closedAt' | 'cycleMs' | 'touchMs' | 'waitMs'> {
  const openedAt = instant(opened.at);
  if (!closed) return { openedAt, closedAt: null, cycleMs: null, touchMs: null, waitMs: null };
  const closedAt = instant(closed.at);
  const within: Interval = [openedAt, closedAt];
  const events = steps.filter(({ kind }) => kind === 'event');
  const waits = [
    ...asked.flatMap(({ waited }) => waited),
    ...events.map(({ beganAt, endedAt }): Interval => [beganAt, endedAt!]),
  ];
  const touched = asked.flatMap((one) => one.touched);
  const waitMs = lengthWithout(clipped(waits, within), clipped(touched, within));
  const cycleMs = closedAt - openedAt;
  return { openedAt, closedAt, cycleMs, waitMs, touchMs: cycleMs - waitMs };
}

const compensationOf = (caseId: string, started?: FactLine, closed?: FactLine): StepFact[] => {
  if (!started) return [];
  const beganAt = instant(started.at);
  const endedAt = closed ? instant(closed.at) : null;
  const known = { beganAt, endedAt, ms: endedAt === null ? null : endedAt - beganAt };
  const outcome = closed ? (bodyOf(closed)['rollback'] ?? 'nothing') : null;
  return [step({ key: `${caseId}/compensation`, kind: 'compensation', name: 'compensation', ...known, outcome })];
};

const tablesIn = (caseId: string, lines: readonly FactLine[]): string[] => {
  const ruled = lines.filter(({ type }) => type === 'policy.ruled');
  return [...new Set(ruled.map((line) => `${nameIn(caseId, line.key)}@${bodyOf(line)['table']?.version}`))].sort();
};

/** Of the calendar by which the first handoff was due that has a country. */
const countryIn = (lines: readonly FactLine[]): string | null =>
  lines.map((line) => bodyOf(line)['calendar']?.country as string | undefined).find((country) => country) ?? null;

function signsOf(steps: readonly StepFact[], outcome: string | null, compensating: FactLine | undefined) {
  const asked = steps.filter(({ kind }) => kind === 'handoff');
  const tasks = steps.filter(({ kind }) => kind === 'task');
  const inDoubt = ['refused', 'unknown', 'stuck'];
  const writeInDoubt = steps.some(
    ({ kind, error, outcome }) => kind === 'action' && (error !== null || inDoubt.includes(outcome!)),
  );
  const refusal = compensating && (bodyOf(compensating)['refusal'] as string | undefined);
  return {
    // A supervisor who says no ends a case as a system does that refuses.
    refusal: refusal === 'action-refused' && !writeInDoubt ? 'person-needed' : refusal,
    terminated: outcome === 'terminated',
    failed: outcome === 'failed',
    ourTask: tasks.some(({ name }) => ourTasks.includes(name)),
    repaired: asked.some(({ name }) => name === 'repair'),
    writeInDoubt,
    expired: asked.some(({ outcome }) => outcome === 'expired'),
    modelUnsure: steps.some(
      ({ kind, outcome }) => kind === 'inference' && (outcome === 'unsure' || outcome === 'fell-back'),
    ),
    asked: asked.length + tasks.length > 0,
  };
}
