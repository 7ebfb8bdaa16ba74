import { createContext, type ReactNode, useContext } from 'react';
import type { Declared } from '../api/declared.ts';
import type { Brief, Handoff } from '../api/handoff.ts';
import type { FieldsOf, Schema } from '../shared/schema.ts';

/** The handoff that a page is about, and what its process declares. */
export interface Around {
  brief: Brief;
  handoff: Handoff;
  declared: Declared | undefined;
  /** Who looks at it. */
  person: string;
}

const Context = createContext<Around | undefined>(undefined);

export const AroundProvider = ({ value, children }: { value: Around; children: ReactNode }) => (
  <Context value={value}>{children}</Context>
);

export function useAround(): Around {
  const around = useContext(Context);
  if (!around) throw new Error('AroundProvider is missing');
  return around;
}

/** As they were approved, once they are; else as they are put. */
export const termsOf = ({ terms, decision }: Handoff): FieldsOf => (decision?.terms ?? terms ?? {}) as FieldsOf;
export const packetOf = ({ packet }: Handoff): FieldsOf => (packet ?? {}) as FieldsOf;

export const termsSchema = ({ declared, handoff }: Pick<Around, 'declared' | 'handoff'>): Schema | undefined =>
  handoff.on === null ? undefined : (declared?.terms[handoff.on] as Schema | undefined);

export const packetSchema = ({ declared, handoff }: Pick<Around, 'declared' | 'handoff'>): Schema | undefined =>
  handoff.kind === 'task' ? undefined : (declared?.handoffs[handoff.name]?.packet as Schema | undefined);
