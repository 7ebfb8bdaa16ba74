import { createContext, type ReactNode, useContext } from 'react';
import type { Declared } from '../api/declared.ts';
import type { Brief, Handoff } from '../api/handoff.ts';

export { packetOf, packetSchema, termsOf, termsSchema } from '../shared/handoff-parts.ts';

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
