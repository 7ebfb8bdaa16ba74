import { addDeliveries } from '../store/deliveries.ts';
import { factsOf } from '../store/event-facts.ts';
import type { Receiver } from '../store/outbox.ts';
import { following, type Following } from '../store/subscriptions.ts';
import { type Happened, happened } from './cloud-event.ts';

/** Keeps for each subscription what it is to be told. `queues`: all that processes declare. */
export const tellSubscribers =
  (queues: ReadonlySet<string>): Receiver =>
  async (db, lines) => {
    if (lines.length === 0) return;
    const subscriptions = await following(db);
    if (subscriptions.length === 0) return;
    const facts = await factsOf(db, lines);
    const added = lines.flatMap((line) => {
      const { caseId, seq, process } = line;
      const event = happened(line, facts, queues);
      if (!event) return [];
      const { type, json } = event;
      const wanting = subscriptions.filter((one) => wants(one, process, event));
      return wanting.map(({ id: subscription }) => ({ subscription, caseId, seq, type, event: json }));
    });
    if (added.length > 0) await addDeliveries(db, added);
  };

const wants = (wanted: Following, process: string, event: Happened): boolean =>
  wanted.types.includes(event.type) &&
  (wanted.processes?.includes(process) ?? true) &&
  (wanted.queues === null || event.queues.some((queue) => wanted.queues!.includes(queue)));
