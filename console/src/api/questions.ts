import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from './client.ts';

export type Question = Answer<'GET /questions/{questionId}'>;

/** Open questions that I may answer, what is due first. */
export const useQuestionsToMe = () =>
  useQuery({
    queryKey: ['questions', 'to-me'],
    queryFn: async () => {
      const { questions } = await call('GET /questions', { query: { state: 'open', limit: 200 } });
      return questions.filter(({ mayAnswer }) => mayAnswer);
    },
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
      for (const queryKey of [['questions', 'to-me'], ['handoffs'], ['requests']])
        void cache.invalidateQueries({ queryKey });
    },
  });
}
