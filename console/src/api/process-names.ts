import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

/** The names of all processes that are declared. */
export const useProcessNames = () =>
  useQuery({
    queryKey: ['process-names'],
    queryFn: async () => (await call('GET /processes')).processes.map(({ name }) => name),
    staleTime: Infinity,
  });
