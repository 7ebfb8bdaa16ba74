import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { allowed, type Definition, termsOf, writeAll } from './stories.ts';

/** The next version of the sure errand: another line is credited first, and the rules are asked twice. */
export const errand = defineWorkflow<Definition>('errand', async (request, steps) => {
  const approval = await allowed(request, steps);
  if (!approval) return steps.conclude.declined({ because: 'not allowed' });
  await steps.check.limit({ delivered: true, amount: request.amount }, termsOf(request));
  const [first] = approval.terms.lines;
  const { id, ...line } = first!;
  await steps.act.creditLine(line, approval, { of: id });
  await writeAll(approval, steps);
  return steps.conclude.done({ amount: request.amount });
});
