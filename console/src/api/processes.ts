import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

export const useProcesses = () =>
  useQuery({ queryKey: ['processes'], queryFn: () => call('GET /processes'), staleTime: 300_000 });
