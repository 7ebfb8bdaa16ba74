import type { z } from 'zod';
import type { Facts } from '../store/event-facts.ts';
import type { OutgoingLine } from '../store/outbox.ts';
import { eventTypes, isTold, nameOf } from './event-types.ts';

/** What happened, for whoever is told, and the queues that it concerns. */
export interface Happened {
  type: string;
  /** As it is sent. */
  json: string;
  queues: readonly string[];
}

/** The CloudEvent of a line; undefined for a line that nobody is told of. `known`: every queue, so that no person's name goes out as one. */
export function happened(line: OutgoingLine, facts: Facts, known: ReadonlySet<string>): Happened | undefined {
  const { type, caseId, seq, process, at } = line;
  if (!isTold(type)) return undefined;
  const { owners, ...candidates } = candidatesOf(line, facts);
  const queues = owners.filter((owner): owner is string => typeof owner === 'string' && known.has(owner));
  const event = {
    specversion: '1.0',
    id: `${caseId}/${seq}`,
    source: `/processes/${process}`,
    type: nameOf(type),
    subject: caseId,
    time: at,
    datacontenttype: 'application/json',
    sequence: String(seq).padStart(10, '0'),
    data: picked(eventTypes[type].data, { ...candidates, queue: queues[0] }),
  };
  return { type: event.type, json: JSON.stringify(event), queues };
}

/** Of these the schema takes what it names. */
function candidatesOf({ process, body, ...line }: OutgoingLine, facts: Facts) {
  const { to, owner, role, outcome, rollback, verdict, edits, found } = (body ?? {}) as Record<string, unknown>;
  const handoff = facts.handoffOf({ process, body, ...line });
  return {
    ...{ process, outcome, rollback, verdict, found, amended: edits !== undefined },
    ...facts.actionOf({ process, body, ...line }),
    ...(handoff && ofHandoff(handoff)),
    /** Whose turn it is by the line comes first; once a question is answered, it is not the turn of whom it went to. */
    owners: [line.type === 'handoff.answered' ? undefined : to, owner, role, handoff?.owner, handoff?.firstOwner],
  };
}

const ofHandoff = ({
  id,
  kind,
  name,
  atRiskAt,
  escalatesAt,
  expiresAt,
}: NonNullable<ReturnType<Facts['handoffOf']>>) => ({
  ...{ handoffId: id, kind, name, atRiskAt: atRiskAt.toISOString(), escalatesAt: escalatesAt.toISOString() },
  expiresAt: expiresAt?.toISOString(),
});

/** Field by field: one that does not keep its contract is left out, and holds nothing up. */
const picked = ({ shape }: z.ZodObject, candidates: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const { success, data } = field.safeParse(candidates[name]);
      return success && data !== undefined ? [[name, data]] : [];
    }),
  );
