import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { allowed, creditOf, type Definition, stories } from './stories.ts';

/** The errand in a Temporal that holds short histories, and one that never ends. */
export const errand = defineWorkflow<Definition>(
  'errand',
  async (request, steps) => {
    if (request.story !== 'never ends') return stories[request.story]!(request, steps);
    for (;;) {
      const approval = (await allowed(request, steps))!;
      await steps.act.credit(creditOf(approval.terms), approval);
    }
  },
  { room: { events: 100, bytes: 10_000_000 } },
);
