import { useSearchParams } from 'wouter';
import type { Wanted } from '../api/handoffs.ts';

/** What the inbox shows, as it stands in the address. Nothing chosen: all that is open. */
export const kinds = ['decision', 'task'] as const;
export const stages = ['waiting', 'at-risk', 'escalated', 'expired'] as const;
export const states = ['open', 'decided', 'completed', 'withdrawn'] as const;
export const holders = ['mine', 'free', 'claimed'] as const;

/** How the address says that somebody in particular has it. */
const withPrefix = 'with:';
export const heldBy = (person: string): string => withPrefix + person;
export const personIn = (held: string): string | undefined =>
  held.startsWith(withPrefix) ? held.slice(withPrefix.length) : undefined;

export interface Filters {
  tab: 'all' | 'questions' | (typeof kinds)[number];
  queue: string;
  process: string;
  stage: string;
  state: string;
  held: string;
  search: string;
}
/** What is chosen in the bar of filters. */
export const inBar = ['queue', 'process', 'held', 'stage', 'state'] as const;

const oneOf = <T extends string>(all: readonly T[], value: string | null): T | undefined =>
  all.find((one) => one === value);

export function useFilters() {
  const [address, setAddress] = useSearchParams();
  const get = (name: string) => address.get(name) ?? '';
  const filters: Filters = {
    tab: oneOf([...kinds, 'questions'] as const, address.get('kind')) ?? 'all',
    ...{ queue: get('queue'), process: get('process'), search: get('search') },
    stage: oneOf(stages, address.get('stage')) ?? '',
    state: oneOf(states, address.get('state')) ?? '',
    held: personIn(get('held')) === undefined ? (oneOf(holders, get('held')) ?? '') : get('held'),
  };
  /** Puts values into the address; an empty one is left out of it. */
  const set = (changed: Partial<Record<keyof Filters, string>>) =>
    setAddress(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed))
          if (value === '') after.delete(name);
          else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return { filters, set };
}

/** What the API is asked for. A text to search for has at least two signs. */
export function wantedBy({ tab, queue, process, stage, state, held, search }: Filters, me: string): Wanted {
  const text = search.trim();
  const somebody = personIn(held);
  return {
    state: oneOf(states, state) ?? 'open',
    ...(tab === 'decision' || tab === 'task' ? { kind: tab } : {}),
    ...(queue ? { owner: queue } : {}),
    ...(process ? { process } : {}),
    ...(stage ? { slaStage: stage as NonNullable<Wanted['slaStage']> } : {}),
    ...(held === 'mine' ? { claimedBy: me } : {}),
    ...(somebody ? { claimedBy: somebody } : {}),
    ...(held === 'free' ? { claimed: 'no' as const } : {}),
    ...(held === 'claimed' ? { claimed: 'yes' as const } : {}),
    ...(text.length > 1 ? { search: text } : {}),
  };
}
