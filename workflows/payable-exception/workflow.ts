import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { worthOf } from './discount.ts';
import { askOwner, holdBack } from './hold.ts';
import { look } from './look.ts';
import { refuse } from './refuse.ts';
import { release } from './release.ts';
import { codesOf, responseOf } from './responses.ts';
import { entryOf } from './terms.ts';
import type { Definition, Progress } from './types.ts';

/** An invoice arrives. What matches is posted by the band of its amount; what does not match goes to whom the exception concerns. */
export const payableException = defineWorkflow<Definition>('payable-exception', async (request, steps, { today }) => {
  const { receive, act, conclude } = steps;
  const { invoice } = request;
  const { invoiceNumber } = invoice;
  const nothingYet: Progress = { accepted: [], overdue: false, answer: '' };

  return steps.rounds.look(nothingYet, async (before) => {
    const found = await look(request, before, steps);
    const { ruling, vendorId } = found;
    const { rule, outputs } = ruling;

    // Whatever is wrong, the payment is blocked first; what else happens can take its time.
    const progress = await holdBack(found, steps);
    const seen = { ...found, progress };

    switch (ruling.verdict) {
      case 'reject': {
        const caught = { duplicatesCaught: 1, duplicateAmount: invoice.gross };
        const impact = rule === 'duplicate-invoice' ? caught : undefined;
        return conclude.rejected({ because: rule, ...codesOf(outputs) }, impact);
      }

      case 'park': {
        const receipt = await receive.goodsReceipt({ poNumber: seen.records.order?.poNumber ?? '' });
        return again({ ...progress, overdue: receipt === undefined });
      }

      case 'hold': {
        const { decision, draft } = await askOwner(seen, steps);
        if (decision.verdict !== 'approved') return refuse(seen, decision, draft, steps);
        return again({ ...progress, accepted: [...progress.accepted, rule] }); // settled: is anything else wrong?
      }

      case 'post': {
        const decision = await release(seen, today(), steps);
        if (decision.verdict !== 'approved') return refuse(seen, decision, '', steps);
        const { terms: posting } = decision;

        // The message last: it cannot be compensated.
        const { documentId } = await act.postInvoice(entryOf(posting), decision);
        const { blockId } = progress;
        if (blockId) await act.releasePayment({ vendorId, invoiceNumber, blockId }, decision);
        await act.confirmAcceptance(responseOf(posting), decision);
        return conclude.posted({ documentId, ...codesOf(posting) }, worthOf(invoice, today()));
      }
    }
  });
});
