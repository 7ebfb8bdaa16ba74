import { createHash } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import type { Pool } from 'pg';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { delivered, type Due, dueSubscriptions, forgetSettled, giveUp, putOff, takeDue } from '../store/deliveries.ts';
import { endSubscription, noteFailure, noteTaken } from '../store/subscriptions.ts';
import type { Allowed } from './addresses.ts';
import { backOffMs } from './back-off.ts';
import { keepWhatWasSent } from './keep-what-was-sent.ts';
import { type Message, postOutside, type Posted } from './post.ts';
import { keyOf, signatureOf } from './webhook-signature.ts';

/** In milliseconds. */
export interface DeliveryTiming {
  /** How often it looks. */
  everyMs: number;
  /** For one try. */
  timeoutMs: number;
  /** From the end of a try that was never settled to the next, by whichever process. */
  spareMs: number;
  /** From the first failed try to the second; then twice as long each time, but no longer than `mostMs`. */
  firstMs: number;
  mostMs: number;
  /** From the first try to the last. */
  giveUpAfterMs: number;
}

export const usualTiming: DeliveryTiming = {
  everyMs: 1_000,
  timeoutMs: 10_000,
  spareMs: 20_000,
  firstMs: 5_000,
  mostMs: 3_600_000,
  giveUpAfterMs: 3 * 86_400_000,
};

export interface Delivering {
  allowed: Allowed;
  report: Report;
  timing?: Partial<DeliveryTiming>;
  lookup?: LookupFunction;
}

/** To one subscriber, by one process: a slow one holds nobody else up. */
const atOnce = 8;
const longestLeaveAloneMs = 86_400_000;
const keepSettledDays = 7;

/**
 * Tells subscribers what is kept for them: in the order of each case, at least once. Any number of processes may run one at once.
 * Nothing it meets ends it.
 */
export function startDelivering(pool: Pool, { allowed, report, timing, lookup }: Delivering): Repeating {
  const times = { ...usualTiming, ...timing };
  const leaseMs = times.timeoutMs + times.spareMs;
  const fault = ongoingFault(report, 'subscriptions');

  const tell = async (due: Due, takenAt: number): Promise<void> => {
    // A process that was stopped meanwhile must not send what another may have sent, with what followed.
    if (performance.now() - takenAt > times.spareMs) return;
    const posted = await postOutside(messageOf(due), { allowed, timeoutMs: times.timeoutMs, lookup });
    await settle(pool, due, posted, { times, report });
  };
  const drain = async (subscription: string, closing: AbortSignal): Promise<void> => {
    while (!closing.aborted) {
      const takenAt = performance.now();
      const taken = await takeDue(pool, subscription, atOnce, leaseMs);
      if (taken.length === 0) return;
      await Promise.all(taken.map((due) => tell(due, takenAt).catch(fault.met)));
    }
  };

  const busy = new Map<string, Promise<void>>();
  const loop = repeating(times.everyMs, async (closing) => {
    try {
      for (const { id } of await dueSubscriptions(pool)) {
        if (busy.has(id)) continue;
        const draining = drain(id, closing).catch(fault.met);
        busy.set(
          id,
          draining.finally(() => busy.delete(id)),
        );
      }
      await forgetSettled(pool, keepSettledDays, 1_000);
      fault.over();
    } catch (error) {
      fault.met(error);
    }
  });
  return {
    wake: () => loop.wake(),
    async close() {
      await loop.close();
      await Promise.all(busy.values());
    },
  };
}

/** Signed by Standard Webhooks; the id is that of the event, however often it is sent. */
function messageOf({ caseId, seq, event, url, secrets }: Due): Message {
  const id = `msg_${createHash('sha256').update(`${caseId}/${seq}`).digest('hex').slice(0, 32)}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(keyOf(secret), { id, timestamp }, event)}`);
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
  return { url, headers, body: event };
}

interface Settling {
  times: DeliveryTiming;
  report: Report;
}

async function settle(pool: Pool, due: Due, posted: Posted, { times, report }: Settling): Promise<void> {
  const { subscription, caseId } = due;
  const status = 'status' in posted ? posted.status : 0;
  if (status >= 200 && status < 300) {
    await keepWhatWasSent(() => delivered(pool, due));
    return noteTaken(pool, subscription);
  }
  if (status === 410) {
    if (await endSubscription(pool, subscription)) report(`subscriptions: ${subscription} is gone, and ended`);
    return;
  }
  const failure = 'failure' in posted ? posted.failure : `status-${status}`;
  const asked = 'retryAfterMs' in posted ? Math.min(posted.retryAfterMs ?? 0, longestLeaveAloneMs) : 0;
  if (await noteFailure(pool, subscription, failure, asked))
    report(`subscriptions: ${subscription} takes nothing: ${failure}`);
  const wait = Math.max(asked, backOffMs(due.attempts, times));
  if (due.triedForMs + wait <= times.giveUpAfterMs) return putOff(pool, due, failure, wait);
  await giveUp(pool, due, failure);
  report(`subscriptions: ${subscription} is told no more of this case: ${failure}`, { case: caseId });
}
