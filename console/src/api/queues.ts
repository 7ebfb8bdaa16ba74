import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Body, call } from './client.ts';

export type Queue = Answer<'GET /queues'>['queues'][number];
export type WhoHasWhat = Answer<'GET /queues/{queue}'>;
export type Calendar = Answer<'GET /calendars'>['calendars'][number];
export type Limit = Answer<'GET /queues/{queue}/limits'>['limits'][number];

/** The queues that one sees, as they stand. */
export const useQueues = () =>
  useQuery({ queryKey: ['queues'], queryFn: async () => (await call('GET /queues')).queues });

export const useQueue = (queue: string, enabled = true) =>
  useQuery({ queryKey: ['queue', queue], queryFn: () => call('GET /queues/{queue}', { params: { queue } }), enabled });

export const useCalendars = () =>
  useQuery({
    queryKey: ['calendars'],
    queryFn: async () => (await call('GET /calendars')).calendars,
    staleTime: 60_000,
  });

export const useQueueLimits = (queue: string) =>
  useQuery({
    queryKey: ['queue-limits', queue],
    queryFn: async () => (await call('GET /queues/{queue}/limits', { params: { queue } })).limits,
  });

export function useSetQueue(queue: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'PUT /queues/{queue}'>) => call('PUT /queues/{queue}', { params: { queue }, body }),
    onSuccess: (now) => {
      client.setQueryData(['queue', queue], now);
      for (const subject of ['queues', 'handoffs', 'me']) void client.invalidateQueries({ queryKey: [subject] });
    },
  });
}

export function useSetQueueLimits(queue: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (limits: Limit[]) => call('PUT /queues/{queue}/limits', { params: { queue }, body: { limits } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['queue-limits', queue] }),
  });
}

export function usePublishCalendar(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'PUT /calendars/{calendar}'>) =>
      call('PUT /calendars/{calendar}', { params: { calendar: name }, body }),
    onSuccess: () => {
      for (const subject of ['calendars', 'queues', 'queue', 'handoffs'])
        void client.invalidateQueries({ queryKey: [subject] });
    },
  });
}
