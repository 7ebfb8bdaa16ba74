import type { Waiting } from '../api/processes.ts';

/** Where other pages show what is counted here. */

const search = (query: Record<string, string | null>): string =>
  new URLSearchParams(Object.entries(query).filter((one): one is [string, string] => one[1] !== null)).toString();

export const processPath = (process: string, query: Record<string, string> = {}): string =>
  `/processes/${encodeURIComponent(process)}${Object.keys(query).length > 0 ? `?${search(query)}` : ''}`;

export const queuePath = (queue: string): string => `/queues/${encodeURIComponent(queue)}`;

export const casesPath = (query: Record<string, string>): string => `/cases?${search(query)}`;

/** What people are asked stands in the inbox; what waits for no person, among the cases. */
export function waitingPath(process: string, { kind, owner }: Pick<Waiting, 'kind' | 'owner'>): string {
  if (kind === 'event' || kind === 'held') return casesPath({ process, stage: 'waiting' });
  return `/handoffs?${search({ process, queue: owner, kind: kind === 'task' ? 'task' : null })}`;
}
