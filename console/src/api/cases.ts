import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Body, call, type Query, send } from './client.ts';
import { seesAll, useMe } from './me.ts';

export type Case = Answer<'GET /cases/{caseId}'>;
export type TimelineLine = Answer<'GET /cases/{caseId}/timeline'>['lines'][number];
export type Write = Answer<'GET /cases/{caseId}/writes'>['writes'][number];
export type CaseQuery = Omit<Query<'GET /cases'>, 'before'>;

/** A line of the record, as it is exported. */
export interface RecordLine {
  seq: number;
  type: string;
  key: string;
  at: string;
  actor: string;
  body: Readonly<Record<string, unknown>> | null;
}

/** What is open may move on at any time. In milliseconds. */
const lookAgain = 5_000;

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: ['cases', caseId],
    queryFn: () => call('GET /cases/{caseId}', { params: { caseId } }),
    refetchInterval: ({ state }) => (state.data?.status === 'open' ? lookAgain : false),
  });

/** Page by page. */
export const useFoundCases = (query: CaseQuery) =>
  useInfiniteQuery({
    queryKey: ['cases', 'found', query],
    queryFn: ({ pageParam, signal }) =>
      call('GET /cases', { query: { ...query, ...(pageParam ? { before: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** Of a case as it was shown last: what changes it changes how it is told. */
export const useTimeline = ({ caseId, status }: Case) =>
  useQuery({
    queryKey: ['cases', caseId, 'timeline'],
    queryFn: async () => (await call('GET /cases/{caseId}/timeline', { params: { caseId } })).lines,
    refetchInterval: status === 'open' ? lookAgain : false,
  });

/** The text of a record with so many lines, for those who may read it. */
export function useRecord(caseId: string, lines: number) {
  const { data: me } = useMe();
  return useQuery({
    queryKey: ['cases', caseId, 'record', lines],
    queryFn: () => recordOf(caseId),
    enabled: me !== undefined && seesAll(me) && lines > 0,
  });
}

/** As it is exported: JSON, line by line. */
const recordOf = async (caseId: string): Promise<string> => {
  const headers = { accept: 'application/x-ndjson' };
  return (await send('GET /cases/{caseId}/record', { params: { caseId }, headers })).text();
};

export const useWrites = (caseId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['cases', caseId, 'writes'],
    queryFn: async () => (await call('GET /cases/{caseId}/writes', { params: { caseId } })).writes,
    enabled,
    staleTime: 0,
  });

/** A long text that a case was given, by its SHA-256. */
export const useStoredText = (caseId: string, sha256: string, enabled: boolean) =>
  useQuery({
    queryKey: ['text', caseId, sha256],
    queryFn: async () => {
      const headers = { accept: 'text/plain' };
      return (await send('GET /cases/{caseId}/texts/{sha256}', { params: { caseId, sha256 }, headers })).text();
    },
    enabled,
    staleTime: Infinity,
  });

const useChanged = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['cases'] });
};

export const useCancel = (caseId: string) =>
  useMutation({
    mutationFn: (body: Body<'POST /cases/{caseId}/cancellation'>) =>
      call('POST /cases/{caseId}/cancellation', { params: { caseId }, body }),
    onSuccess: useChanged(),
  });

export const useReverse = (caseId: string) =>
  useMutation({
    mutationFn: ({ because, actions }: { because: string; actions: readonly string[] }) =>
      call('POST /cases/{caseId}/reversal', {
        params: { caseId },
        body: { because, actions: [...actions] as [string, ...string[]] },
      }),
    onSuccess: useChanged(),
  });
