import type { ProcessDefinition } from '../core/declare/definition.ts';
import { bodyOf, type FactLine, instant, nameIn } from './lines.ts';
import { costOfModel, feeOf, type Prices, type Rates } from './rates.ts';
import { codeIn, step, type StepFact, systemIn } from './step.ts';

export interface Declared {
  definition: ProcessDefinition | undefined;
  rates: Rates;
  prices: Prices;
}

/** What a case read, asked of models, ruled, waited for and wrote. */
export interface Steps {
  steps: StepFact[];
  /** In millionths. */
  modelCost: number;
  feeCost: number;
  /** Some call of a model has no price. */
  unpriced: boolean;
}

export function stepFacts(caseId: string, lines: readonly FactLine[], declared: Declared): Steps {
  const models = inferencesIn(caseId, lines, declared);
  const writes = actionsIn(caseId, lines, declared);
  const reads = readsIn(lines, declared);
  return {
    steps: [...reads.steps, ...models.steps, ...rulingsIn(caseId, lines), ...eventsIn(lines), ...writes.steps],
    modelCost: models.cost,
    unpriced: models.unpriced,
    feeCost: reads.fees + writes.fees,
  };
}

function readsIn(lines: readonly FactLine[], { definition, rates }: Declared) {
  const steps: StepFact[] = [];
  let fees = 0;
  for (const line of lines.filter(({ type }) => type === 'context.assembled')) {
    const { read = [], tries = 1, tookMs = 0 } = bodyOf(line);
    const longest = Math.max(0, ...read.map((one: { ms?: number }) => one.ms ?? 0));
    for (const [n, { source, reads, data, ms }] of (read as ReadLine[]).entries()) {
      const endedAt = instant(line.at);
      fees += feeOf(rates, reads);
      steps.push(
        step({
          ...{ key: `${line.key}/${source}`, kind: 'read', name: source, system: systemIn(reads), endedAt, tries },
          ...{ ms: ms ?? null, beganAt: endedAt - (ms ?? 0), outcome: data === null ? 'missing' : 'read' },
          owner: definition?.context[source]?.owner ?? null,
          lostMs: n === 0 && tries > 1 ? Math.max(0, tookMs - longest) : 0,
        }),
      );
    }
  }
  return { steps, fees };
}

interface ReadLine {
  source: string;
  reads: string;
  data: unknown;
  ms?: number;
}

function inferencesIn(caseId: string, lines: readonly FactLine[], { rates, prices }: Declared) {
  const asked = lines.filter(({ type }) => type.startsWith('inference.') && type !== 'inference.held');
  const isTry = ({ type }: FactLine) => type === 'inference.unavailable' || type === 'inference.unusable';
  const byKey = Map.groupBy(asked, (line) => (isTry(line) ? line.key.replace(/\/\d+$/, '') : line.key));
  let [cost, unpriced] = [0, false];
  const steps = [...byKey].map(([key, its]) => {
    const failures = its.filter(isTry);
    const end = its.find((line) => !isTry(line));
    let tokens = 0;
    for (const line of its) {
      const { usage, cost: said, model } = bodyOf(line);
      tokens += (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
      const priced = costOfModel(rates, prices, { usage, cost: said, model });
      if (priced === undefined) unpriced = true;
      else cost += priced;
    }
    return inferenceStep(caseId, key, failures, end, tokens);
  });
  return { steps, cost, unpriced };
}

function inferenceStep(
  caseId: string,
  key: string,
  failures: readonly FactLine[],
  end: FactLine | undefined,
  tokens: number,
): StepFact {
  const said = end ? bodyOf(end) : {};
  const answered = end?.type === 'inference.answered';
  const endedAt = end ? instant(end.at) : null;
  const latency = answered ? Number(said['latencyMs']) : 0;
  const first = failures[0] ? instant(failures[0].at) : undefined;
  const tries = failures.length + (answered ? 1 : 0);
  const callBegan = (endedAt ?? instant(failures.at(-1)!.at)) - latency;
  const beganAt = Math.min(first ?? callBegan, callBegan);
  return step({
    ...{ key, kind: 'inference', name: nameIn(caseId, key), beganAt, endedAt, tokens },
    system: answered ? String(said['model']) : null,
    ms: answered ? latency : endedAt === null ? null : endedAt - beganAt,
    tries,
    lostMs: tries > 1 ? callBegan - beganAt : 0,
    outcome: end ? (answered ? (said['confident'] ? 'confident' : 'unsure') : 'fell-back') : null,
    error: failures.length > 0 ? failures.at(-1)!.type.slice('inference.'.length) : null,
    confidence: answered ? said['confidence'] : null,
  });
}

const rulingsIn = (caseId: string, lines: readonly FactLine[]): StepFact[] =>
  lines
    .filter(({ type }) => type === 'policy.ruled')
    .map((line) => {
      const { verdict, rule } = bodyOf(line);
      const at = instant(line.at);
      const ruled = { beganAt: at, endedAt: at, outcome: verdict, rule };
      return step({ key: line.key, kind: 'ruling', name: nameIn(caseId, line.key), ...ruled });
    });

function eventsIn(lines: readonly FactLine[]): StepFact[] {
  return lines
    .filter(({ type }) => type.startsWith('event.'))
    .map(({ key, type, at, ...line }) => {
      const { name, since } = bodyOf(line as FactLine);
      const endedAt = instant(at);
      const beganAt = since === undefined ? endedAt : instant(since);
      return step({
        ...{ key, kind: 'event', name, beganAt, endedAt, ms: endedAt - beganAt },
        outcome: type.slice('event.'.length),
      });
    });
}

const ofWrites = new Set(
  ['done', 'refused', 'unknown', 'compensated', 'kept', 'stuck'].map((state) => `action.${state}`),
);

function actionsIn(caseId: string, lines: readonly FactLine[], { definition, rates }: Declared) {
  const settled = Map.groupBy(
    lines.filter(({ type }) => ofWrites.has(type)),
    ({ key }) => key,
  );
  let fees = 0;
  const steps = lines
    .filter(({ type }) => type === 'action.intended')
    .map((intended) => {
      const { operation, approval: _approval } = bodyOf(intended);
      const name = nameIn(caseId, intended.key);
      const its = settled.get(intended.key) ?? [];
      const [first, last] = [its[0], its.at(-1)];
      const undo = its.some(({ type }) => type === 'action.compensated') && definition?.actions[name]?.compensatedBy;
      fees += feeOf(rates, operation) + (undo ? feeOf(rates, undo) : 0);
      const beganAt = instant(intended.at);
      const endedAt = first ? instant(first.at) : null;
      const ms = endedAt === null ? null : endedAt - beganAt;
      const tries = Number((first && bodyOf(first)['tries']) ?? 1);
      const failing = its.find(({ type }) => ['action.refused', 'action.unknown', 'action.stuck'].includes(type));
      return step({
        ...{ key: intended.key, kind: 'action', name, system: systemIn(operation), beganAt, endedAt, ms, tries },
        lostMs: tries > 1 ? (ms ?? 0) : 0,
        outcome: last ? last.type.slice('action.'.length) : null,
        error: failing ? codeIn(bodyOf(failing)['because']) : null,
      });
    });
  return { steps, fees };
}
