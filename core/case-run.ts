import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  rootCause,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Opened, Step, Turn } from './activities.ts';
import { takingAhead } from './ahead.ts';
import { far, near, nearModels, onModels } from './calls.ts';
import { type Approval, type CaseStatus, type Decision, statusQuery, type Waiting } from './messages.ts';
import { BatonDue, BatonOutcome, BatonOwner, BatonProcess, BatonStage } from './search-attributes.ts';
import { asAll, asFirst } from './several.ts';
import type { Case, Conclusion, Turned, Within } from './steps.ts';
import { checking, counting, verb } from './verbs.ts';
import { hints } from './waiting.ts';

type Named = (...args: never[]) => unknown;
type To = Turned & { to?: { id: string } };

/** One running case: its verbs, what it waits for, and the writes under way. Typed as `Steps<D>` by `process`. */
export interface CaseRun {
  steps: Record<string, Record<string, Named> | Named> & { compensate(because: string): Promise<void> };
  settled(): Promise<void>;
  /** Takes over what opening the case found out. */
  opened(opening: Opened): Case;
  /** The story is at its end. */
  ending(): void;
  closedAs(outcome: string): void;
}

export function runOf(process: string): CaseRun {
  const { workflowId: caseId, typedSearchAttributes: found, startTime } = workflowInfo();
  const status: CaseStatus = { stage: 'opened', waitingOn: [] };
  const stepOf = counting(caseId, process);
  const writing = new Map<string, Promise<unknown>>();
  const hint = hints();
  let ahead = takingAhead();
  let slow: readonly string[] = [];
  let quick: readonly string[] = [];

  setHandler(statusQuery, () => status);
  // Any Temporal client may start a case; only ours set these at the start, where they cost no event.
  if (!found.get(BatonProcess)) {
    upsertSearchAttributes([
      { key: BatonProcess, value: process },
      { key: BatonStage, value: 'open' },
    ]);
  }

  const tell = () => {
    const waits = status.waitingOn.map((w) => `- waits for ${w.owner ?? w.id} until ${w.dueAt}`);
    const first = ahead.names.length > 0 ? [`At once: ${ahead.names.join(', ')}`] : [];
    setCurrentDetails([`**${process}** ${caseId}`, ...first, `Stage: ${status.stage}`, ...waits].join('\n\n'));
  };

  const at = (stage: string) => {
    status.stage = stage;
    tell();
  };

  /** Shown, and found by search, while a person's or the world's turn lasts. */
  const waiting = async <T>(turn: Waiting, until: () => Promise<T>): Promise<T> => {
    ahead.done();
    status.waitingOn.push(turn);
    tell();
    if (turn.owner) {
      upsertSearchAttributes([
        { key: BatonStage, value: status.stage },
        {
          key: BatonOwner,
          value: status.waitingOn.flatMap(({ owner, personal }) => (owner && !personal ? owner : [])),
        },
        { key: BatonDue, value: new Date(turn.dueAt) },
      ]);
    }
    try {
      return await until();
    } finally {
      status.waitingOn.splice(status.waitingOn.indexOf(turn), 1);
      tell();
    }
  };

  const decide = async (step: Step, open: () => Promise<Turn>): Promise<Decision> => {
    const id = step.key;
    return hint.listening(id, async (heard) => {
      let turn = await open();
      while (!turn.decision) {
        const { decision: _, wakeAt, ...whose } = turn;
        const wait: Waiting = { for: 'handoff', id, ...whose };
        await waiting(wait, () => heard(wakeAt, `${wait.owner} until ${wait.dueAt}`));
        turn = await near('turnHandoff', step.name, `Look at ${step.name}`)(step);
      }
      return turn.decision;
    });
  };

  const handOff = async (name: string, packet: unknown, terms?: unknown, turned: To = {}): Promise<Decision> => {
    const step = stepOf(name);
    const { to, dueBy } = turned;
    const asking = { packet, terms, ...(to ? { to: to.id } : {}), ...(dueBy === undefined ? {} : { dueBy }) };
    at(`hand off ${name}`);
    try {
      return await decide(step, () => near('openHandoff', name, `Ask for ${name}`)({ ...step, ...asking }));
    } catch (error) {
      if (isCancellation(error)) {
        const because = 'the case goes on without it';
        await CancellationScope.nonCancellable(() =>
          near('withdrawHandoff', name, `Withdraw ${name}`)({ ...step, because }),
        );
      }
      throw error;
    }
  };

  const assemble = async (wanted: Record<string, unknown>) => {
    const names = Object.keys(wanted);
    const step = stepOf('assemble');
    at(`assemble ${names.join(', ')}`);
    if (ahead.has(step.key)) return ((await ahead.take(step.key)) as { context: unknown }).context;
    const call = ahead.isLater(step.key) || names.some((name) => slow.includes(name)) ? far : near;
    for (let round = 1; ; round++) {
      const read = await call('assembleContext', process, `Read ${names.join(', ')}`)({ ...step, wanted, round });
      if ('context' in read) return read.context;
      const { handoffId, turn } = read.breach;
      at('wait for data');
      const repair = { ...step, name: 'repair', key: handoffId };
      const answer = await decide(repair, async () => turn);
      if (answer.verdict !== 'approved') {
        throw ApplicationFailure.nonRetryable(`The data cannot be had: ${answer.because}`, 'data-contract-breach');
      }
    }
  };

  const infer = async (name: string, given: unknown) => {
    const step = stepOf(name);
    at(`infer ${name}`);
    try {
      if (ahead.has(step.key)) return await ahead.take(step.key);
      const call = quick.includes(name) && !ahead.isLater(step.key) ? nearModels : onModels;
      return await call('runInference', name, `Ask the model: ${name}`)({ ...step, given });
    } catch (error) {
      if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
      const because = rootCause(error) ?? String(error);
      return near('fallBack', name, `Fall back: ${name}`)({ ...step, given, because });
    }
  };

  const check = (name: string, lines: unknown[], terms: unknown): Promise<unknown> => {
    const step = stepOf(name);
    at(`check ${name}`);
    if (ahead.has(step.key)) return ahead.take(step.key);
    const call = ahead.isLater(step.key) ? far : near;
    return call('checkPolicy', name, `Apply policy ${name}`)({ ...step, lines, terms });
  };

  /** A write under way is waited for, never cancelled: only a known answer can be taken back. */
  const act = (name: string, input: unknown, approval: Approval, which?: { of: string }): Promise<unknown> => {
    const scope = CancellationScope.current();
    if (scope.consideredCancelled) return scope.cancelRequested;
    const series = which ? `${name}:${which.of}` : name;
    if (writing.has(series)) throw new Error(`Two ${series} at once: say which line each is for, { of: line.id }`);
    at(`act ${name}`);
    const step = { ...stepOf(name, which?.of), ...which, input, approval: approval.reference };
    if (ahead.has(step.key)) return ahead.take(step.key);
    const call = slow.includes(name) || ahead.isLater(step.key) ? far : near;
    const write = CancellationScope.nonCancellable(() => call('performAction', name, `Do ${name}`)(step));
    writing.set(series, write);
    const done = () => void writing.delete(series);
    write.then(done, done);
    return write;
  };

  const receive = (name: string, by: unknown, { until }: Within = {}) => {
    const step = { ...stepOf(name), by, ...(until === undefined ? {} : { until }) };
    at(`wait for ${name}`);
    return hint.listening(step.key, async (heard) => {
      for (;;) {
        const awaited = await near('awaitEvent', name, `Look for ${name}`)(step);
        if ('event' in awaited) return awaited.event;
        if ('over' in awaited) return undefined;
        const { wakeAt, ...whose } = awaited;
        const wait: Waiting = { for: 'event', id: step.key, ...whose };
        await waiting(wait, () => heard(wakeAt, `${name} until ${wait.dueAt}`));
      }
    });
  };

  const takeBack = (name: string, because: string, which?: { of: string }) =>
    CancellationScope.nonCancellable(async () => {
      await Promise.allSettled([writing.get(which ? `${name}:${which.of}` : name)]);
      at(`take back ${name}`);
      const call = slow.includes(name) ? far : near;
      const step = stepOf(`${name}/taken-back`, which?.of);
      await call('takeBack', name, `Take back ${name}`)({ ...step, name, ...which, because });
    });

  const compensate = (because: string) =>
    CancellationScope.nonCancellable(async () => {
      at('compensate');
      const plan = near('planCompensation', process, 'Plan what to take back');
      for (const intent of await plan({ caseId, process, because })) {
        const call = slow.includes(intent.action) ? far : near;
        const undo = call('undoAction', intent.action, `Take back ${intent.action}`);
        await undo({ ...intent, caseId, process, because });
      }
    });

  return {
    steps: {
      assemble,
      compensate,
      infer: verb(infer),
      act: verb(act as (name: string, ...args: unknown[]) => unknown),
      takeBack: verb(takeBack as (name: string, ...args: unknown[]) => unknown),
      check: checking(check),
      handOff: verb(handOff as (name: string, ...args: unknown[]) => unknown, { all: asAll(handOff) }),
      receive: verb(receive as (name: string, ...args: unknown[]) => unknown, { first: asFirst(receive) }),
      conclude: verb((outcome, result, impact): Conclusion => ({ outcome, result, impact })),
    } as unknown as CaseRun['steps'],
    opened({ requestedBy = '', openedAt = startTime.toISOString(), aheadMs = 0, ...by }) {
      ({ slow = [], quick = [] } = by);
      ahead = takingAhead(by.ahead);
      let last = Date.parse(openedAt);
      // The store's clock opened the case, Temporal's goes on from there: it is never earlier.
      const now = () => {
        last = Math.max(last, Date.parse(ahead.now() ?? '') || Date.now() + aheadMs);
        return new Date(last).toISOString();
      };
      return { caseId, requestedBy, openedAt, now, today: () => now().slice(0, 10) };
    },
    ending: () => ahead.done(),
    settled: async () => void (await Promise.allSettled(writing.values())),
    closedAs(outcome) {
      status.stage = `closed: ${outcome}`;
      tell();
      upsertSearchAttributes([
        { key: BatonStage, value: 'closed' },
        { key: BatonOutcome, value: outcome },
      ]);
    },
  };
}
