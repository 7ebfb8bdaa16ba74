import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type AskedQuestion = Answer<'GET /questions'>['questions'][number];

/** Open questions put to whoever is signed in and to their queues, what is due first: the first 200. */
export const useAskedQuestions = () =>
  useQuery({
    queryKey: ['questions', 'asked'],
    queryFn: async () => (await call('GET /questions', { query: { state: 'open', limit: 200 } })).questions,
  });
