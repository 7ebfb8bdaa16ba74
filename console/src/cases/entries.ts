import type { TimelineLine } from '../api/cases.ts';

/** A line as it is told, with how long it took where that is known, in milliseconds. */
export interface Entry {
  line: TimelineLine;
  tookMs: number | null;
}

/** Lines that say the end of what another line of the same key began. */
const endOf: Readonly<Record<string, readonly string[]>> = {
  'action.intended': ['action.done', 'action.refused', 'action.unknown'],
  'action.compensating': ['action.compensated', 'action.kept', 'action.stuck'],
  'handoff.opened': [
    'handoff.decided',
    'handoff.completed',
    'handoff.expired',
    'handoff.withdrawn',
    'handoff.reworked',
  ],
};

/** Told by their end, once that is there. */
const passedOver = ['action.intended', 'action.compensating'];

const ms = (line: TimelineLine) => new Date(line.at).getTime();

export function entriesOf(lines: readonly TimelineLine[]): Entry[] {
  const ends = (begun: TimelineLine, line: TimelineLine) =>
    line.key === begun.key && line.seq > begun.seq && (endOf[begun.type] ?? []).includes(line.type);
  return lines
    .filter((line) => !passedOver.includes(line.type) || !lines.some((other) => ends(line, other)))
    .map((line) => {
      const begun = lines.findLast((other) => ends(other, line));
      return { line, tookMs: line.tookMs ?? (begun ? ms(line) - ms(begun) : null) };
    });
}

const states = ['intended', 'done', 'refused', 'unknown', 'compensated', 'kept', 'stuck'] as const;
export type ActionState = (typeof states)[number];

/** A write of a case, in the order in which they were begun, and how it stands. */
export interface ActionEntry {
  key: string;
  action: string;
  operation: string;
  state: ActionState;
  at: string;
}

export function actionsOf(lines: readonly TimelineLine[]): ActionEntry[] {
  return lines
    .filter(({ type, step }) => type === 'action.intended' && step !== null)
    .map(({ key, step, operation }) => {
      const last = lines.findLast((line) => line.key === key && stateOf(line) !== undefined)!;
      return { key, action: step!, operation: operation ?? '', state: stateOf(last)!, at: last.at };
    });
}

const stateOf = ({ type }: TimelineLine) => states.find((state) => type === `action.${state}`);
