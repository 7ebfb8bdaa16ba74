import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type OpenQuestion = Answer<'GET /questions'>['questions'][number];
export type Question = Answer<'GET /questions/{questionId}'>;

const open = ['questions', 'open'] as const;

/** Open questions that whoever is signed in sees, what is due first: the first 200. */
export const useOpenQuestions = () =>
  useQuery({
    queryKey: open,
    queryFn: async () => (await call('GET /questions', { query: { state: 'open', limit: 200 } })).questions,
  });

export const useQuestion = (questionId: string) =>
  useQuery({
    queryKey: ['questions', questionId],
    queryFn: () => call('GET /questions/{questionId}', { params: { questionId } }),
  });

export function useAnswer(questionId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (answer: string) =>
      call('POST /questions/{questionId}/answer', { params: { questionId }, body: { answer } }),
    onSuccess: (question) => {
      cache.setQueryData(['questions', questionId], question);
      for (const queryKey of [open, ['handoffs'], ['requests']]) void cache.invalidateQueries({ queryKey });
    },
  });
}
