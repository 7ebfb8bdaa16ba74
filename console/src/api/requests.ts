import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Body, call } from './client.ts';

export type MyRequest = Answer<'GET /me/requests'>['cases'][number];

const pageSize = 20;

/** What I asked for, newest first; looked at again while something of it is open. */
export const useMyRequests = () =>
  useInfiniteQuery({
    queryKey: ['requests'],
    queryFn: ({ pageParam }) =>
      call('GET /me/requests', { query: { limit: pageSize, ...(pageParam ? { before: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages.some(hasOpen) ? 10_000 : false),
  });

const hasOpen = ({ cases }: Answer<'GET /me/requests'>) => cases.some(({ status }) => status === 'open');

/** A request that may be sent as it is, another one each time; undefined where there is none. */
export const useSampleRequest = (process: string) =>
  useMutation({
    mutationFn: async () =>
      (await call('GET /processes/{process}/samples', { params: { process } })).samples[0]?.request,
  });

/** Asks for a case. The same `key` is the same case, however often it is sent. */
export function useFile(process: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, request }: { key: string; request: Record<string, unknown> }) =>
      call('POST /processes/{process}/cases', {
        params: { process },
        body: request as unknown as Body<'POST /processes/{process}/cases'>, // the API holds it to its contract
        headers: { 'idempotency-key': key },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['requests'] }),
  });
}

/** Whether this is a development server, which has sample requests. */
export const useIsDevelopment = () =>
  useQuery({ queryKey: ['sign-in'], queryFn: () => call('GET /sign-in'), staleTime: Infinity }).data?.development ===
  true;
