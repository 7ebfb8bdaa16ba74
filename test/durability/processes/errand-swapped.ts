import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { allowed, creditOf, type Definition } from './stories.ts';

/** The sure errand with its writes in another order. */
export const errand = defineWorkflow<Definition>('errand', async (request, steps) => {
  const approval = (await allowed(request, steps))!;
  const credit = creditOf(approval.terms);
  await steps.act.tell({ requestId: request.id, reply: 'Done.' }, approval);
  await steps.act.pay({ ...credit, paymentMethodId: 'card-1', creditNoteId: 'none' }, approval);
  await steps.act.credit(credit, approval);
  return steps.conclude.done({ amount: request.amount });
});
