import type { Activities, Context } from '../core/run/activities.ts';
import type { Source } from '../core/declare/definition.ts';
import { usualLimits } from '../core/declare/limits.ts';
import { recall, remember } from '../store/steps.ts';
import { keepTexts } from '../store/texts.ts';
import type { CallOptions } from '../systems/http.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { callOptions, tried } from './attempt.ts';
import { milliseconds } from '../rules/calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { type Fault, faultsIn } from './faults.ts';
import { readable } from './readable.ts';
import { parse, problems, refuse, triedFor } from './failures.ts';
import { askOwner } from './handoffs.ts';

interface Fact {
  asOf: string;
  /** How long the call took. */
  ms: number;
  data: unknown;
  freshUntil: number;
}

export type BreachKind = 'refused' | 'future' | 'stale' | 'shape' | 'unavailable';

/** What its owner is shown of a breach, beside the message, which is for whoever knows the system. */
interface Shown {
  asOf?: string;
  maxAge?: string;
  faults?: Fault[];
}

const longest = 4_000;

/** A source did not keep its contract: not there, not fresh, or not of the declared shape. */
class Breach extends Error {
  readonly source: string;
  readonly kind: BreachKind;
  readonly shown: Shown;
  constructor(source: string, kind: BreachKind, message: string, shown: Shown = {}) {
    super(readable(message, longest));
    this.source = source;
    this.kind = kind;
    this.shown = shown;
  }
}

export const assembleContext =
  (deps: Dependencies): Activities['assembleContext'] =>
  async ({ caseId, process, key, wanted, round }) => {
    const { pool, timing } = deps;
    const known = await recall<{ context: Record<string, unknown> }>(pool, key, wanted);
    if (known) return { context: known.context };

    const definition = definitionOf(deps, process);
    const options = callOptions(timing);
    const names = Object.keys(wanted);
    const sources = names.map((name) => declared(definition.context, name, 'source'));
    try {
      const facts = await Promise.all(
        sources.map((source, n) => read(deps, names[n]!, source, wanted[names[n]!], options)),
      );
      const context = Object.fromEntries(names.map((name, n) => [name, facts[n]!.data]));
      const freshUntil = new Date(Math.min(...facts.map((fact) => fact.freshUntil)));
      const read_ = names.map((name, n) => ({ source: name, reads: sources[n]!.reads, by: wanted[name], ...facts[n] }));
      const body = { read: read_.map(({ freshUntil: _, ...line }) => line), freshUntil, ...tried() };
      const entry = { caseId, type: 'context.assembled', key, actor: 'systems', body };
      return { context: (await remember(pool, wanted, { context, freshUntil }, entry)).context };
    } catch (error) {
      const breach = breachOf(error, names, triedFor() > timing.retryReadsForMs);
      if (!breach) throw error;
      return { breach: await report(deps, { caseId, process, key, round }, wanted, breach) };
    }
  };

async function read(
  { pool, systems }: Dependencies,
  name: string,
  source: Source,
  wanted: unknown,
  options: CallOptions,
): Promise<Fact> {
  const by = parse(source.by, wanted, 'input-invalid');
  const began = performance.now();
  let answer: { asOf: string; data: unknown };
  try {
    answer = await systems.read(source.reads, by, options);
  } catch (error) {
    if (error instanceof SystemRefused) throw new Breach(name, 'refused', `refused: ${error.code}`);
    if (error instanceof SystemUnavailable) throw Object.assign(error, { source: name });
    throw error;
  }
  const ms = Math.round(performance.now() - began);
  const asOf = Date.parse(answer.asOf);
  const freshUntil = asOf + milliseconds(source.maxAge);
  if (asOf > Date.now() + 5 * 60_000)
    throw new Breach(name, 'future', `is of the future: ${answer.asOf}`, { asOf: answer.asOf });
  if (freshUntil < Date.now())
    throw new Breach(name, 'stale', `is of ${answer.asOf}, older than ${source.maxAge}`, {
      asOf: answer.asOf,
      maxAge: source.maxAge,
    });
  const data = source.gives.safeParse(answer.data);
  if (!data.success) {
    const message = `does not hold what its contract says: ${problems(data.error)}`;
    throw new Breach(name, 'shape', message, { faults: faultsIn(data.error, answer.data) });
  }
  return { asOf: answer.asOf, ms, data: await keepTexts(pool, source.gives, data.data), freshUntil };
}

function breachOf(error: unknown, names: string[], patienceOver: boolean): Breach | undefined {
  if (error instanceof Breach) return error;
  if (!(error instanceof SystemUnavailable) || !patienceOver) return undefined;
  const { source = names[0]! } = error as SystemUnavailable & { source?: string };
  return new Breach(source, 'unavailable', 'has been unavailable for too long');
}

/** The source's owner is asked, with a time of their own: it is not the model's failure, and not the case's owner's. */
async function report(
  deps: Dependencies,
  step: { caseId: string; process: string; key: string; round: number },
  wanted: Record<string, unknown>,
  breach: Breach,
): Promise<Extract<Context, { breach: unknown }>['breach']> {
  const { caseId, process, key, round } = step;
  const { source: name, message: problem } = breach;
  const definition = definitionOf(deps, process);
  const { owner, reads, repairsAtMost = usualLimits.repairs } = declared(definition.context, name, 'source');
  if (round > repairsAtMost)
    throw refuse('data-contract-breach', `${name} is not right after ${repairsAtMost} repairs: ${problem}`);
  const handoffId = `${key}/repair-${round}`;
  await askOwner(deps, {
    id: handoffId,
    caseId,
    process,
    name: 'repair',
    owner,
    escalateTo: definition.owner,
    packet: {
      source: name,
      reads,
      by: wanted[name],
      problem: `${name} ${problem}`,
      breach: breach.kind,
      ...breach.shown,
    },
    answerWithin: '1 business days',
    expiresAfter: '5 business days',
  });
  return { handoffId };
}
