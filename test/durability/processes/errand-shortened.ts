import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { allowed, creditOf, type Definition } from './stories.ts';

/** The sure errand without its payment. */
export const errand = defineWorkflow<Definition>('errand', async (request, steps) => {
  const approval = (await allowed(request, steps))!;
  await steps.act.credit(creditOf(approval.terms), approval);
  await steps.act.tell({ requestId: request.id, reply: 'Done.' }, approval);
  return steps.conclude.done({ amount: request.amount });
});
