import { type Approval, approvedBy, type Decision } from '../../../core/run/approval.ts';
import type { TermsOf } from '../../../core/declare/types-of.ts';
import type { ConclusionOf, Steps } from '../../../core/run/steps.ts';
import type { z } from 'zod';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
type Request = z.output<Definition['request']>;
type OnErrand = TermsOf<Definition, 'errand'>;
export type Story = (request: Request, steps: Steps<Definition>) => Promise<ConclusionOf<Definition>>;

export const termsOf = ({ id, orderId, amount, lines }: Request): OnErrand => ({
  ...{ id, orderId, amount, lines, currency: 'EUR' },
});
export const creditOf = ({ orderId, amount, currency }: OnErrand) => ({ orderId, amount, currency });

/** What the rules allow at once, for an order that was delivered; undefined is a "no". */
export async function allowed(request: Request, { assemble, check }: Steps<Definition>) {
  const { orders } = await assemble({ orders: { orderIds: [request.orderId] } });
  const delivered = orders[0]?.status === 'delivered';
  const ruling = await check.limit({ delivered, amount: request.amount }, termsOf(request));
  return ruling.verdict === 'allow' ? approvedBy(ruling) : undefined;
}

/** The three writes that a sure errand consists of. */
export async function writeAll(approval: Approval<'errand', OnErrand>, { act }: Steps<Definition>) {
  const credit = creditOf(approval.terms);
  const { creditNoteId } = await act.credit(credit, approval);
  await act.pay({ ...credit, paymentMethodId: 'card-1', creditNoteId }, approval);
  await act.tell({ requestId: approval.terms.id, reply: 'Done.' }, approval);
}

const decided = async (decision: Decision<'errand', OnErrand>, { act, check, conclude }: Steps<Definition>) => {
  if (decision.verdict !== 'approved')
    return conclude.declined({ because: `${decision.verdict}: ${decision.because}` });
  const { terms } = decision;
  if (decision.amended) await check.limit({ delivered: true, amount: terms.amount }, terms);
  await act.credit(creditOf(terms), decision);
  return conclude.done({ amount: terms.amount });
};

export const stories: Record<string, Story> = {
  async sure(request, steps) {
    const approval = await allowed(request, steps);
    if (!approval) return steps.conclude.declined({ because: 'not allowed' });
    await writeAll(approval, steps);
    return steps.conclude.done({ amount: request.amount });
  },

  async 'one cent approves more'(request, { act, check, conclude }) {
    const terms = termsOf(request);
    const ruling = await check.limit({ delivered: true, amount: 1 }, terms);
    if (ruling.verdict === 'allow') await act.credit(creditOf(terms), approvedBy(ruling));
    return conclude.done({ amount: request.amount });
  },

  async 'two at once'(request, steps) {
    const approval = (await allowed(request, steps))!;
    const credit = creditOf(approval.terms);
    await Promise.all([steps.act.credit(credit, approval), steps.act.credit(credit, approval)]);
    return steps.conclude.done({ amount: request.amount });
  },

  async 'all lines at once'(request, steps) {
    const approval = (await allowed(request, steps))!;
    const lines = approval.terms.lines.map(({ id, ...line }) => steps.act.creditLine(line, approval, { of: id }));
    await Promise.all(lines);
    return steps.conclude.done({ amount: request.amount });
  },

  async 'only tells'(request, steps) {
    const approval = (await allowed(request, steps))!;
    await steps.act.tell({ requestId: request.id, reply: 'Hello.' }, approval);
    return steps.conclude.done({ amount: request.amount });
  },

  async 'reads all orders after a write'(request, steps) {
    const approval = (await allowed(request, steps))!;
    await steps.act.credit(creditOf(approval.terms), approval);
    const { history } = await steps.assemble({ history: { customerId: 'C-1' } });
    return steps.conclude.done({ amount: history.length });
  },

  async 'concludes at length'(request, steps) {
    const approval = (await allowed(request, steps))!;
    await steps.act.credit(creditOf(approval.terms), approval);
    return steps.conclude.done({ amount: request.amount, text: 'x'.repeat(3 * 1024 * 1024) });
  },

  async 'takes it back itself'(request, steps) {
    const approval = (await allowed(request, steps))!;
    await steps.act.credit(creditOf(approval.terms), approval);
    await steps.compensate('the goods never came');
    return steps.conclude.declined({ because: 'taken back' });
  },

  async 'takes back what is still under way'(request, steps) {
    const approval = (await allowed(request, steps))!;
    const credit = creditOf(approval.terms);
    const { creditNoteId } = await steps.act.credit(credit, approval);
    const paid = steps.act.pay({ ...credit, paymentMethodId: 'card-1', creditNoteId }, approval);
    await steps.receive.late({ id: request.id });
    await steps.compensate('it took too long');
    await paid;
    return steps.conclude.declined({ because: 'taken back' });
  },

  async 'asks one'(request, steps) {
    return decided(await steps.handOff.legal({ why: 'it is large' }, termsOf(request)), steps);
  },

  async 'writes, then asks'(request, steps) {
    const approval = (await allowed(request, steps))!;
    await writeAll(approval, steps);
    return decided(await steps.handOff.legal({ why: 'it was paid' }, termsOf(request)), steps);
  },

  async 'asks two'(request, steps) {
    const packets = { legal: { why: 'the law' }, procurement: { why: 'the price' } };
    return decided(await steps.handOff.all(packets, 'errand', termsOf(request)), steps);
  },

  async 'waits for one event'({ id }, { receive, conclude }) {
    const shipped = await receive.shipped({ id });
    return conclude.declined({ because: shipped?.what ?? 'nothing came' });
  },

  async 'waits in vain'({ id }, { receive, conclude }) {
    const late = await receive.late({ id });
    return conclude.declined({ because: late?.what ?? 'nothing came' });
  },

  async 'waits for the first of two'({ id }, { receive, conclude }) {
    const first = await receive.first({ shipped: { id }, lost: { id } });
    return conclude.declined({ because: first ? `${first.name}: ${first.event.what}` : 'nothing came' });
  },
};
