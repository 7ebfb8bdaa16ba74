import type { OutgoingLine } from './outbox.ts';
import { type Db, rows } from './pool.ts';

/** What the lines of the record leave out about the handoff or the write that they are about. Instants are on the case's clock. */
export interface HandoffFacts {
  id: string;
  kind: 'decision' | 'task';
  name: string;
  owner: string;
  firstOwner: string;
  atRiskAt: Date;
  escalatesAt: Date;
  expiresAt: Date | null;
}
export interface ActionFacts {
  key: string;
  action: string;
  operation: string;
}

export interface Facts {
  handoffOf(line: OutgoingLine): HandoffFacts | undefined;
  actionOf(line: OutgoingLine): ActionFacts | undefined;
}

/** Reads them for all these lines at once. */
export async function factsOf(db: Db, lines: readonly OutgoingLine[]): Promise<Facts> {
  const handoffs = await rows<HandoffFacts>(
    db,
    'eventFacts.handoffs',
    `select h.id, h.kind, h.name, h.owner, h.first_owner as "firstOwner", h.at_risk_at + c.clock_offset as "atRiskAt",
       h.escalates_at + c.clock_offset as "escalatesAt", h.expires_at + c.clock_offset as "expiresAt"
     from handoffs h join cases c using (case_id) where h.id = any ($1)`,
    [lines.filter(({ type }) => type.startsWith('handoff.')).flatMap(idsIn)],
  );
  const actions = await rows<ActionFacts>(
    db,
    'eventFacts.actions',
    'select key, action, operation from actions where key = any ($1)',
    [lines.filter(({ type }) => type.startsWith('action.')).map(({ key }) => key)],
  );
  const [byId, byKey] = [new Map(handoffs.map((one) => [one.id, one])), new Map(actions.map((one) => [one.key, one]))];
  return {
    handoffOf: (line) => byId.get(idsIn(line).find((id) => byId.has(id)) ?? ''),
    actionOf: ({ key }) => byKey.get(key),
  };
}

/** The handoff's id stands in the line; or it is the line's key, or what is before a stage or an instant in it, the longest first. */
export function idsIn({ key, caseId, body }: Pick<OutgoingLine, 'key' | 'caseId' | 'body'>): string[] {
  const { handoff } = (body ?? {}) as { handoff?: unknown };
  const parts = key.slice(caseId.length).split('/');
  const before = [0, 1, 2].filter((less) => parts.length - less > 1).map((less) => parts.slice(0, parts.length - less));
  return [...(typeof handoff === 'string' ? [handoff] : []), ...before.map((some) => caseId + some.join('/'))];
}
