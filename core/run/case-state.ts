import { setCurrentDetails, setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { BatonDue, BatonOutcome, BatonOwner, BatonProcess, BatonStage } from '../../temporal/search-attributes.ts';
import type { Step } from './activities.ts';
import { localInTurn, onModels, type Place } from './calls.ts';
import { type Room, within } from './history-limit.ts';
import { type CaseStatus, statusQuery, type Waiting } from './messages.ts';
import { notifications } from './notifications.ts';

/** What the verbs of one running case share. */
export interface CaseState {
  readonly caseId: string;
  readonly process: string;
  /** The next step of this name (and line): `<caseId>/<name>-<n>`, n counted within the name and line. */
  step(name: string, of?: string): Step;
  /** Names what the case is doing. */
  at(stage: string): void;
  /** Shows whose turn it is, and lets search find it, while it lasts. */
  waiting<T>(turn: Waiting, until: () => Promise<T>): Promise<T>;
  /** The writes under way, by name (and line). */
  readonly writing: Map<string, Promise<unknown>>;
  /** A step on our own store or on a system. */
  readonly local: Place;
  /** A question to a model. */
  readonly models: Place;
  readonly notifications: ReturnType<typeof notifications>;
  closedAs(outcome: string): void;
}

export function caseState(process: string, room: Room): CaseState {
  const { workflowId: caseId, typedSearchAttributes: found } = workflowInfo();
  const status: CaseStatus = { stage: 'opened', waitingOn: [] };
  const times = new Map<string, number>();

  setHandler(statusQuery, () => status);
  // Any Temporal client may start a case; only ours set these at the start, where they cost no event.
  if (!found.get(BatonProcess)) {
    upsertSearchAttributes([
      { key: BatonProcess, value: process },
      { key: BatonStage, value: 'open' },
    ]);
  }

  const show = () => {
    const waits = status.waitingOn.map((w) => `- waits for ${w.owner ?? w.id} until ${w.dueAt}`);
    setCurrentDetails([`**${process}** ${caseId}`, `Stage: ${status.stage}`, ...waits].join('\n\n'));
  };
  const at = (stage: string) => {
    status.stage = stage;
    show();
  };

  return {
    caseId,
    process,
    at,
    writing: new Map(),
    local: within(room, localInTurn()),
    models: within(room, onModels),
    notifications: notifications(),
    step(name, of) {
      const series = of === undefined ? name : `${name}:${of}`;
      const n = (times.get(series) ?? 0) + 1;
      times.set(series, n);
      return { caseId, process, name, key: `${caseId}/${series}-${n}` };
    },
    async waiting(turn, until) {
      status.waitingOn.push(turn);
      show();
      if (turn.owner) {
        const owners = status.waitingOn.flatMap(({ owner, personal }) => (owner && !personal ? owner : []));
        upsertSearchAttributes([
          { key: BatonStage, value: status.stage },
          { key: BatonOwner, value: owners },
          { key: BatonDue, value: new Date(turn.dueAt) },
        ]);
      }
      try {
        return await until();
      } finally {
        status.waitingOn.splice(status.waitingOn.indexOf(turn), 1);
        show();
      }
    },
    closedAs(outcome) {
      at(`closed: ${outcome}`);
      upsertSearchAttributes([
        { key: BatonStage, value: 'closed' },
        { key: BatonOutcome, value: outcome },
      ]);
    },
  };
}
