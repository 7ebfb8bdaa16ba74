import { approvedBy, type Refusal } from '../../core/messages.ts';
import { process } from '../../core/process.ts';
import { compare } from './compare.ts';
import type { definition } from './definition.ts';
import { discountOf, discountUntil, payTo, postingOf } from './posting.ts';
import { readRecords } from './read-records.ts';
import { acceptance, codesOf, notice, refusal } from './responses.ts';

export const payableException = process<typeof definition>('payable-exception', async (request, steps, { today }) => {
  const { infer, check, handOff, receive, act, conclude } = steps;
  const { supplier, invoice } = request;
  const { invoiceNumber, currency, gross } = invoice;
  let overdue = false;
  let told = '';
  let blockId: string | undefined;
  let supplierAnswer: string | null = null;

  for (;;) {
    const records = await readRecords(steps, request);
    const { vendor, order, receipts } = records;
    const vendorId = vendor?.vendorId ?? '';
    const { outputs: tolerances } = await check.tolerances(
      { vendorKnown: vendor !== null },
      { invoiceNumber, currency, gross },
    );
    const { facts, findings } = compare(invoice, records, tolerances, overdue);
    const ruling = await check.match(facts, { invoiceNumber, currency, gross });
    const { rule, outputs } = ruling;

    // Whatever is wrong, the payment is blocked first; what else happens can take its time.
    const notices = notice(vendor, invoice, rule, outputs);
    const exception = { vendorId, invoiceNumber, currency, gross, exception: rule, payTo: payTo(invoice, vendor), notices };
    if (outputs.paymentBlock && told !== rule) {
      const precaution = await check.precaution({ exception: rule, notices: notices.length }, exception);
      if (precaution.verdict === 'allow') {
        const leave = approvedBy(precaution);
        blockId ??= (await act.blockPayment({ vendorId, invoiceNumber, exception: rule }, leave)).blockId;
        for (const { id, ...response } of notices) await act.notifySupplier(response, leave, { of: id });
      }
      told = rule;
    }
    if (ruling.verdict === 'reject') {
      const caught = rule === 'duplicate-invoice' ? { duplicatesCaught: 1, duplicateAmount: gross } : {};
      return conclude.rejected({ because: rule, ...codesOf(outputs) }, caught);
    }
    if (ruling.verdict === 'park') {
      overdue = (await receive.goodsReceipt({ poNumber: invoice.poNumber ?? '' })) === undefined;
      continue; // with the goods, or without them: look again
    }

    const packet = { invoice, supplier, vendor, order, receipts, rule, findings, supplierAnswer, callBack: null, summary: '', evidence: [] };
    ...
  }
});
