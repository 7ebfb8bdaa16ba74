import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { type Definition, stories } from './stories.ts';

/** The errand, that knows what to do where there is no such story. */
export const errand = defineWorkflow<Definition>('errand', async (request, steps) => {
  const story = stories[request.story];
  return story ? story(request, steps) : steps.conclude.declined({ because: 'mended' });
});
