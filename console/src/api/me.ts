import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type Me = Answer<'GET /me'>;

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => call('GET /me'), staleTime: 60_000 });

/** Who is signed in, on every page that is shown. */
export const usePerson = (): string => useQueryClient().getQueryData<Me>(['me'])?.person ?? '';

/** Whether somebody looks at everything. */
export const seesAll = ({ roles }: Me): boolean => roles.some((role) => role === 'auditor' || role === 'admin');

/** Whether somebody sees the inside of any process: who answers for something in one, or looks at everything. */
export const seesProcesses = (me: Me): boolean => me.queues.length > 0 || seesAll(me);
