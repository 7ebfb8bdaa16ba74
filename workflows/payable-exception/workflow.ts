import type { Refusal } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import type { definition } from './definition.ts';
import { examine } from './examine.ts';
import { type HeldBack, holdBack } from './hold-back.ts';
import { discountUntil, entryOf, worth } from './posting.ts';
import { release } from './release.ts';
import { asksBack, codesOf, refusal, responseOf } from './responses.ts';

export const payableException = defineWorkflow<typeof definition>(
  'payable-exception',
  async (request, steps, { today }) => {
    const { infer, handOff, receive, act, conclude } = steps;
    const { invoice, supplier } = request;
    const { invoiceNumber, gross } = invoice;
    const accepted: string[] = [];
    let heldBack: HeldBack = {};
    let overdue = false;
    let answer = '';

    for (;;) {
      const { ruling, vendorId, exception, posting, packet } = await examine(steps, request, {
        overdue,
        accepted,
        answer,
      });
      const { rule, outputs } = ruling;
      const { findings } = packet;

      // Whatever is wrong, the payment is blocked first; what else happens can take its time.
      heldBack = await holdBack(steps, outputs, exception, heldBack);

      if (ruling.verdict === 'reject') {
        const caught = rule === 'duplicate-invoice' ? { duplicatesCaught: 1, duplicateAmount: gross } : undefined;
        return conclude.rejected({ because: rule, ...codesOf(outputs) }, caught);
      }
      if (ruling.verdict === 'park') {
        const receipt = await receive.goodsReceipt({ poNumber: posting.poNumber ?? '' });
        overdue = receipt === undefined;
        continue; // the goods are here, or were waited for in vain
      }

      let draft = '';
      let no: Refusal;
      if (ruling.verdict === 'hold') {
        const supplierName = supplier.name ?? '';
        const remark = invoice.remark ?? '';
        const explained = await infer.explain({ invoiceNumber, supplierName, rule, findings, remark, answer });
        const { exception: named, summary, message } = explained.answer;
        draft = message;
        const shown = { ...packet, named, summary, evidence: explained.evidence, draft };
        const decision = await handOff.hold(shown, exception, { to: ruling });
        if (decision.verdict === 'approved') {
          accepted.push(rule);
          continue; // that is settled: is anything else wrong?
        }
        no = decision;
      } else {
        // An early payment earns its discount: the approver knows until when.
        const decision = await release(steps, posting, packet, accepted.length === 0, discountUntil(invoice, today()));
        if (decision.verdict === 'approved') {
          const { documentId } = await act.postInvoice(entryOf(posting), decision);
          const { blockId } = heldBack;
          if (blockId) await act.releasePayment({ vendorId, invoiceNumber, blockId }, decision);
          await act.confirmAcceptance(responseOf(posting), decision);
          return conclude.posted({ documentId, ...codesOf(posting) }, worth(invoice, today()));
        }
        no = decision;
      }
      if (no.verdict === 'returned') continue; // the records were put right

      // Refused, or never answered: then nothing is paid and, unless a person says what, nothing more is said.
      const reply = refusal(vendorId, invoice, outputs, draft);
      const refused = { because: no.because || no.verdict, ...codesOf(reply) };
      if (no.verdict === 'expired' || !vendorId) return conclude.rejected(refused);
      const { by: refusedBy, because } = no;
      const sent = await handOff.reply({ invoice, findings, refusedBy, because }, reply, { to: ruling });
      if (sent.verdict !== 'approved') return conclude.rejected(refused);
      await act.answerSupplier(sent.terms, sent);
      if (!asksBack(reply)) return conclude[outputs.refusedAs](refused);

      const said = await receive.supplierAnswer({ vendorId, invoiceNumber });
      if (!said) return conclude.rejected(refused);
      if (said.answer === 'withdrawn') return conclude.withdrawn({ ...refused, because: 'the supplier withdrew it' });
      answer = said.message; // with what the supplier said, look again
    }
  },
);
