import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Body, call } from './client.ts';

export type Notifications = Answer<'GET /me/notifications'>;
export type Delegation = Answer<'GET /delegations'>['delegations'][number];
export type NewDelegation = Body<'POST /delegations'>;

export const useNotifications = () =>
  useQuery({ queryKey: ['notifications'], queryFn: () => call('GET /me/notifications') });

export function useChooseNotifications() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ address: _, ...chosen }: Notifications) => call('PUT /me/notifications', { body: chosen }),
    onSuccess: (chosen) => cache.setQueryData(['notifications'], chosen),
  });
}

export const useDelegations = () =>
  useQuery({
    queryKey: ['delegations'],
    queryFn: async () => (await call('GET /delegations', { query: { limit: 200 } })).delegations,
  });

export function useDelegate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDelegation) => call('POST /delegations', { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['delegations'] }),
  });
}

export function useEndDelegation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (delegationId: string) => call('POST /delegations/{delegationId}/end', { params: { delegationId } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['delegations'] }),
  });
}

export interface QueueLimits {
  queue: string;
  /** Whose limit it is; none: any amount. */
  from: 'person' | 'queue' | 'none';
  limits: readonly { amount: number; currency: string }[];
}

/** Up to which amounts I decide, queue by queue: my own limits, else those of the queue. */
export function useLimits(person: string, queues: readonly string[]) {
  const own = useQuery({
    queryKey: ['limits', 'person', person],
    queryFn: async () => (await call('GET /people/{person}/limits', { params: { person } })).limits,
  });
  const ofQueues = useQueries({
    queries: queues.map((queue) => ({
      queryKey: ['limits', 'queue', queue],
      queryFn: async () => (await call('GET /queues/{queue}/limits', { params: { queue } })).limits,
    })),
  });
  return queues.map((queue, n): QueueLimits | undefined => {
    const general = ofQueues[n]?.data;
    if (!own.data || !general) return undefined;
    const mine = own.data.filter((limit) => limit.queue === queue);
    if (mine.length > 0) return { queue, from: 'person', limits: mine };
    return { queue, from: general.length > 0 ? 'queue' : 'none', limits: general };
  });
}
