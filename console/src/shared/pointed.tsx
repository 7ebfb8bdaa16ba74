import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

/** A place that the reader wants to see: a field by its JSON pointer, or words that are quoted from a text. */
export interface Place {
  at?: string | undefined;
  quote?: string | undefined;
}

const Pointed = createContext<{ place: Place; point(place: Place): void }>({ place: {}, point: () => undefined });

/** Within it, `point` marks a place and leads there. */
export function PointedProvider({ children }: { children: ReactNode }) {
  const [place, point] = useState<Place>({});
  return <Pointed value={useMemo(() => ({ place, point: (to) => point({ ...to }) }), [place])}>{children}</Pointed>;
}

export const usePointed = () => useContext(Pointed);

/** Goes where the reader is led: what has this `ref` is shown and has the focus as soon as it is the place. */
export function useLed<Of extends HTMLElement>(isPlace: boolean) {
  const { place } = usePointed();
  const ref = useRef<Of>(null);
  useEffect(() => {
    if (!isPlace) return;
    ref.current?.scrollIntoView({ block: 'center' });
    ref.current?.focus({ preventScroll: true });
  }, [isPlace, place]);
  return ref;
}

/** Where a quote stands in a text, from and to; line breaks and spaces may differ. */
export function standsAt(text: string, quote: string): readonly [number, number] | undefined {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const found = new RegExp(escaped.join(String.raw`\s+`)).exec(text);
  return found ? [found.index, found.index + found[0].length] : undefined;
}
