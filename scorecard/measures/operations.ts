import type { Measure, OfOperations } from './measure.ts';

const level = 'tech-leader';
const ofAll = 'Of all processes together, whatever is asked for but the period.';

const waits = (name: string, of: OfOperations['of'], what: string): Measure[] =>
  [50, 95, 99].map((p) => ({
    ...{ name: `${name}-p${p}`, level, unit: 'ms' },
    definition: `The ${p}th percentile of ${what}, by task queue, at most 2 % off; counted in the UTC hours that begin in the period. ${ofAll}`,
    how: { from: 'operations', of, value: { quantile: p / 100 } },
  }));

/** What no record says. */
export const operations: readonly Measure[] = [
  {
    ...{ name: 'deploys', level, unit: 'deploys' },
    definition: `How often in the period another version of the code became current; where workers have no build id, how often one started with other code than the one before. ${ofAll}`,
    how: { from: 'operations', of: 'deploys', value: 'count' },
  },
  {
    ...{ name: 'replay-failures', level, unit: 'cases' },
    definition:
      "Open cases, and workflows of Baton's own, that first did not replay in the period on the code of a build, at the start of its workers or when it was promoted, by build: each once. The process is asked of it, and no other filter.",
    how: { from: 'operations', of: 'replay-failures', value: 'count' },
  },
  ...waits(
    'schedule-to-start',
    'schedule-to-start',
    'how long a try of a step that came by a queue waited until a worker began it, by the clocks of Temporal and of the worker',
  ),
  ...waits(
    'queue-lag',
    'backlog-age',
    'for how long the oldest task had waited that no worker had taken, each minute that the API looked',
  ),
];
