import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

/** Some handoff that the person may look at, where there is one. */
export const useSomeHandoff = (enabled: boolean) =>
  useQuery({
    queryKey: ['handoffs', 'some'],
    queryFn: async () => (await call('GET /handoffs', { query: { limit: 1 } })).handoffs[0] ?? null,
    staleTime: Infinity,
    enabled,
  }).data ?? undefined;
