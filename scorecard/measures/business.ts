import { rates } from '../rates.ts';
import type { Measure } from './measure.ts';

const level = 'business';
const closed = { from: 'cases', at: 'closed_at' } as const;
const cost = 'model_cost + people_cost + fee_cost';
const inAll = (name: string, column: string, what: string): Measure => ({
  ...{ name, level, unit: 'money' },
  definition: `${what} of the cases closed in the period, in millionths of ${rates.currency}.`,
  how: { ...closed, value: { sum: column } },
});
const byResult = { process: 'process', version: 'version', outcome: 'outcome' };
const named = { impact: 'impact_name', currency: 'impact_currencies ->> impact_name' };

const worth = 'worth::float8';

export const business: readonly Measure[] = [
  {
    ...{ name: 'cost-per-case', level, unit: 'money' },
    definition: `Mean cost of the cases closed in the period, in millionths of ${rates.currency}: models' tokens by the price list, people's minutes by the rate of their queue, fees of system calls.`,
    how: { ...closed, value: { mean: cost } },
  },
  inAll('model-cost', 'model_cost', "What models' tokens cost"),
  inAll('people-cost', 'people_cost', "What people's minutes cost, from claim to answer, at most the declared maximum"),
  inAll('fee-cost', 'fee_cost', 'What system calls cost'),
  {
    ...{ name: 'people-time', level, unit: 'ms' },
    definition: "People's time in the cases closed in the period.",
    how: { ...closed, value: { sum: 'people_ms' } },
  },
  {
    ...{ name: 'estimated-time', level, unit: 'share' },
    definition: 'Share of that time that is the declared estimate, because nobody had claimed what they answered.',
    how: { ...closed, where: 'people_ms > 0', value: { ratio: ['estimated_ms', 'people_ms'] } },
  },
  {
    ...{ name: 'unpriced', level, unit: 'cases' },
    definition:
      'Cases closed in the period in which a model was called that has no price, so that their cost is too low.',
    how: { ...closed, where: 'unpriced', value: 'count' },
  },
  {
    ...{ name: 'tokens', level, unit: 'tokens' },
    definition: "Models' tokens in the cases closed in the period.",
    how: { ...closed, value: { sum: 'tokens' } },
  },
  {
    ...{ name: 'cost-by-result', level, unit: 'money' },
    definition: `Cost of the cases closed in the period, by process, version of the code and outcome, in millionths of ${rates.currency}.`,
    how: { ...closed, value: { sum: cost }, per: byResult },
  },
  {
    ...{ name: 'impact', level, unit: 'as declared' },
    definition:
      'What the cases closed in the period were worth to the business, as each process declares it, added up; of a yes, how often. An amount is in the smallest unit of its currency, and of each currency apart.',
    how: {
      from: 'impact',
      at: 'closed_at',
      value: { sum: worth },
      per: { process: 'process', ...named },
      sums: 'impact-by-result',
    },
  },
  {
    ...{ name: 'impact-by-result', level, unit: 'as declared' },
    definition: 'The same, by version of the code and outcome: to be read beside the cost.',
    how: { from: 'impact', at: 'closed_at', value: { sum: worth }, per: { ...byResult, ...named } },
  },
];
