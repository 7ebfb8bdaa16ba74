import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, ApiProblem, type Body, type Call, call } from './client.ts';

export type Brief = Answer<'GET /handoffs/{handoffId}/brief'>;
export type Handoff = Brief['handoff'];
export type Happened = Brief['history'][number];

const keyOf = (id: string) => ['handoff', id] as const;

/** One handoff with all that it is decided by. It is looked at again when the reader comes back, and now and then meanwhile. */
export const useBrief = (id: string) =>
  useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => call('GET /handoffs/{handoffId}/brief', { params: { handoffId: id }, signal }),
    staleTime: 0,
  });

/** Calls of one handoff that answer with the handoff as it is then. */
const changes = {
  decision: 'POST /handoffs/{handoffId}/decision',
  return: 'POST /handoffs/{handoffId}/return',
  claim: 'POST /handoffs/{handoffId}/claim',
  release: 'POST /handoffs/{handoffId}/release',
  questions: 'POST /handoffs/{handoffId}/questions',
  assignment: 'POST /handoffs/{handoffId}/assignment',
  completion: 'POST /handoffs/{handoffId}/completion',
  rework: 'POST /handoffs/{handoffId}/rework',
} as const satisfies Record<string, Call>;
export type Change = keyof typeof changes;
export type Changing<C extends Change> = Body<(typeof changes)[C]>;

/** What ends a handoff: its page shows the answer, and asks for nothing more. */
const ending: readonly Change[] = ['decision', 'return', 'completion', 'rework'];

/** Refusals that say that what the reader sees is no longer so. */
const isOutdated: ReadonlySet<string> = new Set([
  ...['version-stale', 'handoff-closed', 'claimed-by-other', 'four-eyes', 'already-approved', 'not-your-queue'],
]);

export function useChange<C extends Change>(id: string, what: C) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Changing<C>) =>
      (await call(changes[what] as Call, { params: { handoffId: id }, body } as never)) as Handoff,
    onError: (error) => {
      if (error instanceof ApiProblem && isOutdated.has(error.code))
        return client.invalidateQueries({ queryKey: keyOf(id) });
    },
    onSuccess: async (handoff) => {
      client.setQueryData<Brief>(keyOf(id), (brief) => brief && { ...brief, handoff });
      const isOver = ending.includes(what) && handoff.state !== 'open';
      await Promise.all([
        client.invalidateQueries({ queryKey: keyOf(id), refetchType: isOver ? 'none' : 'active' }),
        client.invalidateQueries({ queryKey: ['handoffs'] }),
      ]);
    },
  });
}

/** The same `key` is the same remark, however often it is sent. */
export function useComment(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, text }: { key: string; text: string }) =>
      call('POST /handoffs/{handoffId}/comments', {
        params: { handoffId: id },
        body: { text },
        headers: { 'idempotency-key': key },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(id) }),
  });
}
