import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Repeating } from '../../environment/repeating.ts';
import { allowedOf } from '../../outbound/addresses.ts';
import { type Delivering, startDelivering } from '../../outbound/deliver.ts';
import { eventNames } from '../../outbound/event-types.ts';
import { tellSubscribers } from '../../outbound/tell-subscribers.ts';
import { newSecret } from '../../outbound/webhook-signature.ts';
import { registerCase } from '../../store/cases.ts';
import { handOut } from '../../store/outbox.ts';
import { createPool } from '../../store/pool.ts';
import { append } from '../../store/record.ts';
import { addSubscription, findSubscription, type NewSubscription } from '../../store/subscriptions.ts';
import { migratedDatabase } from '../harness.ts';
import { until } from '../world.ts';

/** Waits are short, so that an hour passes in a second. */
const quick = { everyMs: 20, timeoutMs: 20_000, firstMs: 40, mostMs: 200, giveUpAfterMs: 60_000 };

/** A store with its outbox, and as many senders as are started. */
export async function outboundWorld() {
  const url = await migratedDatabase();
  const pool: Pool = createPool(url, { max: 30 });
  const senders: Repeating[] = [];
  const reports: string[] = [];
  const receiver = tellSubscribers(new Set(['support-leads', 'support-managers']));

  return {
    url,
    pool,
    reports,
    /** An API process's sender. */
    starts(options: Partial<Delivering> = {}): Repeating {
      const report = (line: string) => void reports.push(line);
      const { timing, ...more } = options;
      const allowed = allowedOf(['127.0.0.0/8']);
      const sender = startDelivering(pool, { allowed, report, timing: { ...quick, ...timing }, ...more });
      senders.push(sender);
      return sender;
    },
    async subscribes(url: string, more: Partial<NewSubscription> = {}): Promise<NewSubscription> {
      const one: NewSubscription = {
        ...{ id: `sub_${randomUUID()}`, url, types: eventNames, processes: null, queues: null, description: '' },
        ...{ createdBy: 'ada', secret: newSecret(), ...more },
      };
      await addSubscription(pool, one);
      return one;
    },
    /** Another case, with its first line. */
    async opens(key: string = randomUUID(), process = 'refund'): Promise<string> {
      const caseId = `${process}/${key}`;
      const request = { requestId: key };
      await registerCase(pool, { caseId, process, businessKey: key, runId: key, request, requester: 'rita' });
      return caseId;
    },
    /** Something more happens in it, so many times. */
    async happens(caseId: string, times = 1, type = 'compensation.started') {
      for (let n = 0; n < times; n++)
        await append(pool, { caseId, type, key: `${caseId}/${randomUUID()}`, actor: 'baton', body: {} });
    },
    /** What happened goes to whoever is to learn of it. */
    async handsOut() {
      while ((await handOut(pool, 200, [receiver])) > 0);
    },
    /** Until nothing waits. */
    settled: (id: string) =>
      until(async () => (await findSubscription(pool, id))!.waiting === 0, `${id} was told everything`),
    async close() {
      await Promise.all(senders.map((sender) => sender.close()));
      await pool.end();
    },
  };
}

export type OutboundWorld = Awaited<ReturnType<typeof outboundWorld>>;
