import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type Me = Answer<'GET /me'>;

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => call('GET /me'), staleTime: 60_000 });
