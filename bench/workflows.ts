import { condition, proxyActivities, proxySinks, setHandler, type Sinks } from '@temporalio/workflow';
import { decidedSignal } from '../core/run/messages.ts';
import { termsOf } from '../workflows/refund/terms.ts';
import { refund as governed } from '../workflows/refund/workflow.ts';
import type { Calls, Request } from './contenders/calls.ts';

/** How the driver, which is in the worker's process, learns where a case is: at no cost to the server. */
export interface Progress extends Sinks {
  progress: { ended(): void; waits(): void };
}
const { progress } = proxySinks<Progress>();

const telling =
  <A extends unknown[], R>(workflow: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    const result = await workflow(...args);
    progress.ended();
    return result;
  };

/** The decision of a person, as bare as it gets: a signal. */
async function decided(): Promise<void> {
  let isDecided = false;
  setHandler(decidedSignal, () => void (isDecided = true));
  progress.waits();
  await condition(() => isDecided, '3 days');
}

export const refund = telling(governed);

export const empty = telling(async (_request: Request) => {});

export const emptyWaiting = telling((_request: Request) => decided());

const call = proxyActivities<Calls>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** What a refund does, as most would write it: the same calls in the same order, each an ordinary activity. */
const refunding = (approval: boolean) => async (request: Request) => {
  const { requestId, claims, message, wishes } = request;
  const orderIds = wishes.flatMap(({ orderId }) => orderId ?? []);
  const [customer, orders] = await Promise.all([call.identify(claims), call.listOrders({ orderIds })]);
  const { supported, confident } = await call.assess({ message, wishes, orders });
  if (!supported || !confident) throw new Error('The bench asks for refunds that are in order');

  const terms = termsOf(requestId, wishes, customer, orders);
  if (approval) await decided();

  const refundIds: string[] = [];
  const creditNotes = new Map<string, string>();
  for (const { id, orderId, amount, currency } of terms.payouts) {
    const { creditNoteId } = await call.postCreditNote(`${requestId}/note/${id}`, { orderId, amount, currency });
    creditNotes.set(id, creditNoteId);
  }
  for (const { id, ...order } of terms.returns) await call.requestReturn(`${requestId}/return/${id}`, order);
  for (const { id, ...payout } of terms.payouts) {
    const input = { ...payout, creditNoteId: creditNotes.get(id) ?? '' };
    refundIds.push((await call.payCustomer(`${requestId}/pay/${id}`, input)).refundId);
  }
  await call.tellCustomer(`${requestId}/tell`, { requestId, reply: terms.reply });
  return { amount: terms.amount, refundIds };
};
export const bare = telling(refunding(false));
export const bareWaiting = telling(refunding(true));

/** Collects the garbage of the thread that holds the workflows; `--expose-gc` gives every context `gc`. */
export async function collect(): Promise<boolean> {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  return gc !== undefined;
}
