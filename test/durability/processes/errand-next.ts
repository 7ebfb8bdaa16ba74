import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import type { Steps } from '../../../core/run/steps.ts';
import type { lasting as lastingDefinition } from './definition.ts';
import { type Definition, stories, type Story } from './stories.ts';

/** The next version of both, on which the cases of the first go on: a "no" is said in other words. */
const next: Story = async (request, steps) => {
  const { outcome, result } = await stories[request.story]!(request, steps);
  if (outcome === 'declined') return steps.conclude.declined({ because: `next: ${result.because}` });
  return steps.conclude.done(result);
};

export const errand = defineWorkflow<Definition>('errand', next);

export const lasting = defineWorkflow<typeof lastingDefinition>(
  'lasting',
  (request, steps) => next(request, steps as unknown as Steps<Definition>),
  { longestLife: '30 days' },
);
