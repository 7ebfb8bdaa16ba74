import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Body, call } from './client.ts';

/** Processes: what they declare, what is open in them, the versions of their tables, and what stops them. */

/** What stands under a name is there; names that nobody declared are looked for with care all the same. */
type Named<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? string extends keyof T
      ? Record<string, Named<Exclude<T[keyof T], undefined>>>
      : { [K in keyof T]: Named<T[K]> }
    : T;

export type Contracts = Named<Answer<'GET /processes/{process}/contracts'>>;
export type Workload = Answer<'GET /workload'>['processes'][number];
export type Waiting = Workload['waiting'][number];
export type Passage = Answer<'GET /processes/{process}/passage'>;
export type Table = Omit<Published, 'rows'> & { rows: Named<Published['rows'][number]>[] };
type Published = Answer<'GET /processes/{process}/policies/{policy}/versions/{version}'>;
export type Switches = Answer<'GET /switches'>;
export type Level = Answer<'GET /processes/{process}/autonomy'>['level'];

export const useProcesses = () =>
  useQuery({ queryKey: ['processes'], queryFn: () => call('GET /processes'), staleTime: 60_000 });

export const useContracts = (process: string) =>
  useQuery({
    queryKey: ['processes', process, 'contracts'],
    queryFn: async () => (await call('GET /processes/{process}/contracts', { params: { process } })) as Contracts,
    staleTime: 60_000,
  });

export const useWorkload = ({ enabled, process }: { enabled: boolean; process?: string }) =>
  useQuery({
    queryKey: ['workload', process ?? 'all'],
    queryFn: () => call('GET /workload', { query: process === undefined ? {} : { process } }),
    enabled,
    refetchInterval: 30_000,
  });

export const usePassage = (process: string) =>
  useQuery({
    queryKey: ['processes', process, 'passage'],
    queryFn: () => call('GET /processes/{process}/passage', { params: { process } }),
    staleTime: 60_000,
  });

export const usePolicyVersions = (process: string, policy: string) =>
  useQuery({
    queryKey: ['processes', process, 'policies', policy],
    queryFn: () => call('GET /processes/{process}/policies/{policy}/versions', { params: { process, policy } }),
  });

/** What was published never changes. */
export const usePolicyTable = (process: string, policy: string, version: number | undefined) =>
  useQuery({
    queryKey: ['processes', process, 'policies', policy, version],
    queryFn: async () =>
      (await call('GET /processes/{process}/policies/{policy}/versions/{version}', {
        params: { process, policy, version: String(version) },
      })) as Table,
    enabled: version !== undefined,
    staleTime: Infinity,
  });

export const useSwitches = () => useQuery({ queryKey: ['switches'], queryFn: () => call('GET /switches') });

export const useAutonomy = (process: string) =>
  useQuery({
    queryKey: ['autonomy', process],
    queryFn: () => call('GET /processes/{process}/autonomy', { params: { process } }),
  });

export interface SwitchOf {
  scope: 'all' | 'process' | 'system' | 'model';
  name: string;
}

export function useSetSwitch() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ scope, name, ...body }: SwitchOf & Body<'PUT /switches/{scope}/{name}'>) =>
      call('PUT /switches/{scope}/{name}', { params: { scope, name }, body }),
    onSuccess: () =>
      Promise.all(['switches', 'workload'].map((subject) => cache.invalidateQueries({ queryKey: [subject] }))),
  });
}

export function useSetAutonomy(process: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'PUT /processes/{process}/autonomy'>) =>
      call('PUT /processes/{process}/autonomy', { params: { process }, body }),
    onSuccess: () =>
      Promise.all(['autonomy', 'workload'].map((subject) => cache.invalidateQueries({ queryKey: [subject] }))),
  });
}
