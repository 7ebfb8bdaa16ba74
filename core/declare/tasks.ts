import type { Span } from './definition.ts';

/**
 * What no workflow can finish, by kind: what whoever completes it may have found, and how long its owner has. After three quarters
 * of the time it is at risk; then it is escalated, and stays open until somebody completes it.
 */
export const taskKinds = {
  'outcome-unknown': { found: ['applied', 'not-applied'], answerWithin: '4 business hours' },
  'undo-failed': { found: ['undone', 'stands'], answerWithin: '1 business days' },
  'message-failed': { found: ['sent', 'not-sent'], answerWithin: '1 business days' },
  terminated: { found: ['undone', 'stands', 'never-applied'], answerWithin: '1 business days' },
  'too-long': { found: ['finished'], answerWithin: '2 business days' },
  'key-reused': { found: ['examined'], answerWithin: '2 business days' },
  'calendar-ended': { found: ['renewed', 'explained'], answerWithin: '2 business days' },
  'target-missed': { found: ['mended', 'explained'], answerWithin: '2 business days' },
  'sampled-review': { found: ['right', 'wrong'], answerWithin: '5 business days' },
  reconciliation: { found: ['mended', 'explained'], answerWithin: '1 business days' },
} as const satisfies Record<string, { found: readonly string[]; answerWithin: Span }>;

export type TaskKind = keyof typeof taskKinds;
export type Finding = (typeof taskKinds)[TaskKind]['found'][number];

/** A write as a task is about it: what may be found depends on what is known of it, and on whether it can be undone. */
export interface Written {
  state: string;
  irreversible: boolean;
}

/** About a number of a process, or looking back at a case: no fact of the case that it is kept with. */
export const besideItsCase: readonly string[] = ['target-missed', 'sampled-review'] satisfies TaskKind[];

/** What may be found by whoever completes a task of this kind; all that is not known to be untrue of the write it is about. */
export function mayBeFound(kind: TaskKind, written?: Written): readonly Finding[] {
  const { found } = taskKinds[kind];
  const untrue: readonly Finding[] = [
    ...(written?.state === 'done' ? (['never-applied'] as const) : []),
    ...(written?.irreversible ? (['undone'] as const) : []),
  ];
  return found.filter((one) => !untrue.includes(one));
}

/** What may be found by whoever completes a task of any kind. */
export const findings = [...new Set(Object.values(taskKinds).flatMap(({ found }) => [...found]))] as readonly Finding[];
