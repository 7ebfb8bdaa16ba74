import type { Approval } from '../../core/run/approval.ts';
import type { Steps, Terms } from './types.ts';

/**
 * Every line of an approved resolution. The ledger first: a note is easier to take back than an order, an order than goods
 * or money, and money than a case of somebody else's.
 */
export async function carryOut(approval: Approval<'resolution', Terms>, { act }: Steps) {
  const { terms } = approval;
  const creditNotes = new Map<string, string>();
  const debitNotes = new Map<string, string>();
  for (const { id, orderId, amount, currency } of terms.payouts) {
    const { creditNoteId } = await act.postCreditNote({ orderId, amount, currency }, approval, { of: id });
    creditNotes.set(id, creditNoteId);
  }
  for (const { id, orderId, amount, currency } of terms.collections) {
    const { debitNoteId } = await act.postDebitNote({ orderId, amount, currency }, approval, { of: id });
    debitNotes.set(id, debitNoteId);
  }

  for (const { id, ...line } of terms.defaultAddresses) await act.changeDefaultAddress(line, approval, { of: id });
  for (const { id, ...line } of terms.addressChanges) await act.changeAddress(line, approval, { of: id });
  for (const { id, ...line } of terms.paymentChanges) await act.changePayment(line, approval, { of: id });
  for (const { id, ...line } of terms.itemChanges) await act.changeItems(line, approval, { of: id });
  for (const { id, ...line } of terms.exchanges) await act.exchangeItems(line, approval, { of: id });
  for (const { id, ...line } of terms.cancelledLines) await act.cancelLine(line, approval, { of: id });
  for (const { id, ...line } of terms.holdReleases) await act.releaseHold(line, approval, { of: id });

  const shipmentIds: string[] = [];
  const creditIds: string[] = [];
  const caseIds: string[] = [];
  for (const { id, ...line } of terms.reshipments) {
    shipmentIds.push((await act.reship(line, approval, { of: id })).shipmentId);
  }
  for (const { id, ...line } of terms.credits) {
    creditIds.push((await act.issueCredit(line, approval, { of: id })).creditId);
  }
  for (const { id, ...line } of terms.moves) await act.movePayment(line, approval, { of: id });
  for (const { id, ...line } of terms.collections) {
    const debitNoteId = debitNotes.get(id) ?? '';
    await act.collectFromCustomer({ ...line, debitNoteId }, approval, { of: id });
  }
  for (const { id, ...line } of terms.payouts) {
    const creditNoteId = creditNotes.get(id) ?? '';
    await act.payCustomer({ ...line, creditNoteId }, approval, { of: id });
  }
  for (const { id, ...line } of terms.refunds) caseIds.push((await act.openRefund(line, approval, { of: id })).caseId);
  return { shipmentIds, creditIds, caseIds };
}
