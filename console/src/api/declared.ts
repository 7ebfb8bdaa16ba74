import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type Declared = Answer<'GET /processes/{process}'>;

/** What a process declares; it changes with a deployment alone. */
export const useDeclared = (process: string | undefined) =>
  useQuery({
    queryKey: ['declared', process],
    queryFn: () => call('GET /processes/{process}', { params: { process: process! } }),
    enabled: process !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
  });

/** What is declared by name, with its names. */
export const named = <T>(all: Readonly<Record<string, T | undefined>> = {}): [string, T][] =>
  Object.entries(all).flatMap(([name, one]): [string, T][] => (one === undefined ? [] : [[name, one]]));
