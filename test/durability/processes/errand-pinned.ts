import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import type { Steps } from '../../../core/run/steps.ts';
import type { lasting as definition } from './definition.ts';
import { type Definition, stories } from './stories.ts';

export { errand } from './errand.ts';

export const lasting = defineWorkflow<typeof definition>(
  'lasting',
  (request, steps) => stories[request.story]!(request, steps as unknown as Steps<Definition>),
  { longestLife: '30 days' },
);
