import type { Approval, Terms, Verbs } from './types.ts';

/**
 * Writes every line of an approved resolution. The ledger first: a note is easier to compensate than an order, an order than
 * goods or money, money than a case of somebody else's, and that than a message.
 */
export async function carryOut(approval: Approval, { act }: Verbs) {
  const { terms } = approval;
  const creditNotes = await act.postCreditNote.each(notesOf(terms.payouts), approval);
  const debitNotes = await act.postDebitNote.each(notesOf(terms.collections), approval);

  await act.changeDefaultAddress.each(terms.defaultAddresses, approval);
  await act.changeAddress.each(terms.addressChanges, approval);
  await act.changePayment.each(terms.paymentChanges, approval);
  await act.changeItems.each(terms.itemChanges, approval);
  await act.exchangeItems.each(terms.exchanges, approval);
  await act.cancelLine.each(terms.cancelledLines, approval);
  await act.releaseHold.each(terms.holdReleases, approval);

  const shipments = await act.reship.each(terms.reshipments, approval);
  const credits = await act.issueCredit.each(terms.credits, approval);
  await act.movePayment.each(terms.moves, approval);
  const collections = terms.collections.map((line) => ({
    ...line,
    debitNoteId: noteOf(line, debitNotes)?.debitNoteId ?? '',
  }));
  await act.collectFromCustomer.each(collections, approval);
  const payouts = terms.payouts.map((line) => ({
    ...line,
    creditNoteId: noteOf(line, creditNotes)?.creditNoteId ?? '',
  }));
  await act.payCustomer.each(payouts, approval);
  const refunds = await act.openRefund.each(terms.refunds, approval);

  await act.tellCustomer({ requestId: terms.requestId, reply: terms.reply }, approval);
  return {
    shipmentIds: shipments.map(({ shipmentId }) => shipmentId),
    creditIds: credits.map(({ creditId }) => creditId),
    caseIds: refunds.map(({ caseId }) => caseId),
  };
}

/** What the ledger is told of a payment, before it is made. */
const notesOf = (payments: Terms['payouts']) =>
  payments.map(({ id, orderId, amount, currency }) => ({ id, orderId, amount, currency }));

const noteOf = <Note extends { id: string }>({ id }: { id: string }, notes: readonly Note[]) =>
  notes.find((note) => note.id === id);
