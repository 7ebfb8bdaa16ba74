import type { Declared } from '../api/declared.ts';
import type { Handoff } from '../api/handoffs.ts';
import type { FieldsOf, Schema } from './schema.ts';

/** A handoff, and what its process declares. */
interface Known {
  handoff: Handoff;
  declared: Declared | undefined;
}

/** As they were approved, once they are; else as they are put. */
export const termsOf = ({ terms, decision }: Handoff): FieldsOf => (decision?.terms ?? terms ?? {}) as FieldsOf;
/** The terms that whoever approved it changed; one that was hidden counts, once somebody wrote it. */
export function amendedIn({ terms, decision }: Handoff): string[] {
  if (!decision?.amended || decision.verdict !== 'approved') return [];
  const was = (terms ?? {}) as FieldsOf;
  return Object.entries((decision.terms ?? {}) as FieldsOf)
    .filter(([name, now]) => JSON.stringify(was[name]) !== JSON.stringify(now))
    .map(([name]) => name);
}

export const packetOf = ({ packet }: Handoff): FieldsOf => (packet ?? {}) as FieldsOf;

export const termsSchema = ({ declared, handoff }: Known): Schema | undefined =>
  handoff.on === null ? undefined : (declared?.terms[handoff.on] as Schema | undefined);

export const packetSchema = ({ declared, handoff }: Known): Schema | undefined =>
  handoff.kind === 'task' ? undefined : (declared?.handoffs[handoff.name]?.packet as Schema | undefined);
