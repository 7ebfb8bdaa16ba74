import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

/** The queues that one sees, as they stand. */
export const useSeenQueues = () => useQuery({ queryKey: ['queues'], queryFn: () => call('GET /queues') });
