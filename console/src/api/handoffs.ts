import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, call, type Query } from './client.ts';

export type Handoff = Answer<'GET /handoffs'>['handoffs'][number];
export type Wanted = Omit<Query<'GET /handoffs'>, 'after' | 'limit'>;
type Pages = InfiniteData<Answer<'GET /handoffs'>, string | undefined>;

/** The first page is what one screen shows; who scrolls gets more at a time. */
const [firstPage, nextPages] = [30, 100];

/** What waits for people, what is due first, page by page. */
export const useHandoffs = (wanted: Wanted, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['handoffs', wanted],
    queryFn: ({ pageParam: after, signal }) =>
      call('GET /handoffs', {
        query: { ...wanted, limit: after === undefined ? firstPage : nextPages, ...(after ? { after } : {}) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled,
  });

/** Puts handoffs as they are now where they are listed. */
function replace(client: QueryClient, changed: readonly Handoff[]): void {
  const byId = new Map(changed.map((one) => [one.id, one]));
  client.setQueriesData<Pages>(
    { queryKey: ['handoffs'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          handoffs: page.handoffs.map((one) => byId.get(one.id) ?? one),
        })),
      },
  );
}

/** Takes a handoff, or gives it back. */
export function useClaim(what: 'claim' | 'release') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Pick<Handoff, 'id' | 'version'>) =>
      call(`POST /handoffs/{handoffId}/${what}`, { params: { handoffId: id }, body: { version } }),
    onSuccess: (handoff) => {
      replace(client, [handoff]);
      void client.invalidateQueries({ queryKey: ['handoff', handoff.id] });
      void client.invalidateQueries({ queryKey: ['queues'] });
    },
    onError: () => client.invalidateQueries({ queryKey: ['handoffs'] }), // most likely somebody else was quicker
  });
}

export type Results = Answer<'POST /handoffs/claims'>['results'];

/** So many at once: the API takes no more. */
export const bulkAtMost = 200;

export function useClaimSeveral() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => call('POST /handoffs/claims', { body: { ids: ids as [string, ...string[]] } }),
    onSettled: () => invalidateLists(client),
  });
}

export function useAssignSeveral() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, ...given }: { ids: string[]; to: string; because: string }) =>
      call('POST /handoffs/assignments', { body: { ids: ids as [string, ...string[]], ...given } }),
    onSettled: () => invalidateLists(client),
  });
}

const invalidateLists = (client: QueryClient) =>
  Promise.all(['handoffs', 'queues', 'queue'].map((subject) => client.invalidateQueries({ queryKey: [subject] })));
