import { handoffQueues } from '../store/handoff-queues.ts';
import type { OutgoingLine, Receiver } from '../store/outbox.ts';
import { handoffEvents } from '../telemetry/api.ts';

/**
 * Counts what becomes of handoffs, each once in all processes together. It stands last among the receivers: were another to fail
 * after it, the lines would be handed out again, and counted twice.
 */
export const countHandoffs: Receiver = async (db, lines) => {
  const counted = lines.flatMap((line) => {
    const event = eventOf(line);
    return event === undefined ? [] : [{ event, id: handoffOf(line) }];
  });
  if (counted.length === 0) return;
  const queues = await handoffQueues(db, [...new Set(counted.map(({ id }) => id))]);
  for (const { id, event } of counted) {
    const found = queues.get(id);
    if (found) handoffEvents.inc({ process: found.process, queue: found.queue, kind: found.kind, event });
  }
};

const stages = ['handoff.at-risk', 'handoff.escalated', 'handoff.expired'];
const others = ['handoff.opened', 'handoff.completed', 'handoff.withdrawn'];

/** A decision counts as its verdict; that one expired, the stage has said. */
function eventOf({ type, body }: OutgoingLine): string | undefined {
  if (stages.includes(type) || others.includes(type)) return type.slice('handoff.'.length);
  if (type !== 'handoff.decided') return undefined;
  const { verdict } = body as { verdict: string };
  return verdict === 'expired' ? undefined : verdict;
}

/** The line of a stage has the key `<handoff>/<stage>`, any other the handoff's id. */
const handoffOf = ({ type, key }: OutgoingLine): string =>
  stages.includes(type) ? key.slice(0, key.lastIndexOf('/')) : key;
