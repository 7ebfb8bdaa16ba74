import { approvedBy, type Decision } from '../../core/run/approval.ts';
import { packetOf, type Seen } from './look.ts';
import { exceptionOf } from './terms.ts';
import type { Progress, Terms, Verbs } from './types.ts';

const termsOf = ({ invoice, records: { vendor }, ruling }: Seen): Terms<'exception'> =>
  exceptionOf(invoice, vendor, ruling.rule, ruling.outputs);

/** Blocks the payment, once, and informs the sender, once for each exception; by rule. */
export async function holdBack(seen: Seen, { check, act }: Pick<Verbs, 'check' | 'act'>): Promise<Progress> {
  const { progress, ruling } = seen;
  const terms = termsOf(seen);
  const { vendorId, invoiceNumber, exception, notices } = terms;
  if (!ruling.outputs.paymentBlock || progress.heldBackFor === exception) return progress;

  const heldBack = { ...progress, heldBackFor: exception };
  const precaution = await check.precaution({ exception, texts: notices.length }, terms);
  if (precaution.verdict !== 'allow') return heldBack;
  const approval = approvedBy(precaution);
  const blockId =
    progress.blockId ?? (await act.blockPayment({ vendorId, invoiceNumber, exception }, approval)).blockId;
  await act.notifySupplier.each(notices, approval);
  return { ...heldBack, blockId };
}

/** A model explains the exception to its owner, who accepts it or does not; with what the model would reply to the supplier. */
export async function askOwner(
  seen: Seen,
  { infer, handOff }: Pick<Verbs, 'infer' | 'handOff'>,
): Promise<{ decision: Decision<'exception', Terms<'exception'>>; draft: string }> {
  const { request, progress, findings, ruling } = seen;
  const { invoiceNumber, remark } = request.invoice;
  const { answer, evidence } = await infer.explain({
    ...{ invoiceNumber, rule: ruling.rule, findings, answer: progress.answer },
    ...{ supplierName: request.supplier.name ?? '', remark: remark ?? '' },
  });
  const { exception: named, summary, message: draft } = answer;
  const packet = { ...packetOf(seen, { summary, evidence }), named, draft };
  return { decision: await handOff.hold(packet, termsOf(seen), { to: ruling }), draft };
}
