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
export const packetOf = ({ packet }: Handoff): FieldsOf => (packet ?? {}) as FieldsOf;

export const termsSchema = ({ declared, handoff }: Known): Schema | undefined =>
  handoff.on === null ? undefined : (declared?.terms[handoff.on] as Schema | undefined);

export const packetSchema = ({ declared, handoff }: Known): Schema | undefined =>
  handoff.kind === 'task' ? undefined : (declared?.handoffs[handoff.name]?.packet as Schema | undefined);
