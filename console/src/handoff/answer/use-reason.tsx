import { useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { texts } from '../answer-texts.ts';
import { errorAt } from '../refusal.tsx';
import type { AnswerProps } from './answers.ts';
import { Because } from './because.tsx';

/** The reason of an answer: its field, and whether it may be sent with it. `refused` is what the API said of it. */
export function useReason(
  { because, setBecause }: Pick<AnswerProps, 'because' | 'setBecause'>,
  needed: boolean,
  refused: Error | null,
) {
  const say = useTexts(texts);
  const [tried, setTried] = useState(false);
  const lacks = needed && because.trim() === '';
  const error = tried && lacks ? say('because.needed') : errorAt(refused, '/because');
  return {
    field: <Because value={because} needed={needed} error={error} onChange={setBecause} />,
    /** False where a reason is needed and none stands there: then the field says so. */
    isGiven(): boolean {
      setTried(true);
      return !lacks;
    },
  };
}
