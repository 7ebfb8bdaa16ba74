import { type RefObject, useCallback, useState } from 'react';
import type { Handoff } from '../api/handoffs.ts';
import { useShortcuts } from '../shared/use-shortcuts.ts';

interface Does {
  handoffs: readonly Handoff[];
  search: RefObject<HTMLInputElement | null>;
  claim(handoff: Handoff): void;
  release(handoff: Handoff): void;
  pick(id: string): void;
  help(): void;
}

/** Moves through a list by keys. `current` is the index that keys are about, `focused` the id that a key led to. */
export function useListKeys({ handoffs, search, claim, release, pick, help }: Does) {
  const [id, setId] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const current = handoffs.findIndex((one) => one.id === id);
  const go = (to: number) => {
    const next = handoffs[Math.max(0, Math.min(handoffs.length - 1, to))];
    if (!next) return;
    setId(next.id);
    setFocused(next.id);
  };
  const of = (act: (handoff: Handoff) => void) => () => {
    const handoff = handoffs[current];
    if (handoff) act(handoff);
  };
  useShortcuts({
    j: () => go(current + 1),
    k: () => go(current - 1),
    c: of(claim),
    r: of(release),
    x: of((handoff) => pick(handoff.id)),
    '/': () => search.current?.focus(),
    '?': help,
  });
  const onCurrent = useCallback((next: string) => {
    setId(next);
    setFocused((before) => (before === next ? before : undefined));
  }, []);
  return { current, focused, onCurrent };
}
