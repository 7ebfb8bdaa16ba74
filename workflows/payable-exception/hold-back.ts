import { approvedBy } from '../../core/run/approval.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';
import type { ExceptionTerms, Outputs } from './types.ts';

/** What was done about an invoice before anybody decided on it. */
export interface HeldBack {
  blockId?: string;
  /** The exception that the sender was told last. */
  told?: string;
}

/** Blocks the payment, once, and tells the sender why, once for each exception; by rule. */
export async function holdBack(
  { check, act }: Pick<Steps<typeof definition>, 'check' | 'act'>,
  { paymentBlock }: Outputs,
  terms: ExceptionTerms,
  before: HeldBack,
): Promise<HeldBack> {
  const { vendorId, invoiceNumber, exception, notices } = terms;
  if (!paymentBlock || before.told === exception) return before;
  const precaution = await check.precaution({ exception, texts: notices.length }, terms);
  if (precaution.verdict !== 'allow') return { ...before, told: exception };
  const leave = approvedBy(precaution);
  const blockId = before.blockId ?? (await act.blockPayment({ vendorId, invoiceNumber, exception }, leave)).blockId;
  for (const { id, ...response } of notices) await act.notifySupplier(response, leave, { of: id });
  return { blockId, told: exception };
}
