import type { Level, Workload } from '../api/processes.ts';

const sum = (of: 'count' | 'atRisk' | 'late') => (waiting: Workload['waiting']) =>
  waiting.reduce((total, one) => total + one[of], 0);

export const countOf = sum('count');
export const atRiskOf = sum('atRisk');
export const lateOf = sum('late');

/** By which text a level is said in a word. */
export const wordOfLevel = {
  'straight-through': 'straight',
  assist: 'assist',
  observe: 'observe',
} as const satisfies Record<Level, string>;

/** The most first. */
export const mostFirst = (waiting: Workload['waiting']) =>
  waiting.toSorted((a, b) => b.late - a.late || b.atRisk - a.atRisk || b.count - a.count);
