import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type Answer, call, type Query, send } from './client.ts';

export type Scorecard = Answer<'GET /scorecard'>;
export type Measure = Scorecard['measures'][number];
export type Figure = Measure['figures'][number];
export type Level = Measure['level'];
export type Asked = Query<'GET /scorecard'>;

/** One level's measures: the whole period first, then each bucket. What was there stays while another period is asked for. */
export const useScorecard = (asked: Asked) =>
  useQuery({
    queryKey: ['scorecard', asked],
    queryFn: ({ signal }) => call('GET /scorecard', { query: asked, signal }),
    staleTime: 60_000,
  });

/** The cases behind a figure, page by page. `search`: what follows the `?` of the figure's `cases`. */
export const useCasesBehind = (search: string) =>
  useInfiniteQuery({
    queryKey: ['scorecard-cases', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...Object.fromEntries(new URLSearchParams(search)), before: pageParam, limit: 50 };
      return call('GET /scorecard/cases', { query: query as unknown as Query<'GET /scorecard/cases'>, signal });
    },
    getNextPageParam: ({ next }) => next,
  });

/** The same figures as a table for a spreadsheet. */
export const scorecardCsv = async (asked: Asked): Promise<Blob> =>
  (await send('GET /scorecard', { query: asked, headers: { accept: 'text/csv' } })).blob();
