import { ApiProblem } from '../api/client.ts';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** Why nobody answered, in the reader's words; `undefined` where somebody did. */
export function useWhyNoAnswer(): (error: unknown) => string | undefined {
  const say = useTexts(texts);
  return (error) => {
    if (!(error instanceof ApiProblem) || error.status !== 0) return undefined;
    return say(error.code === 'issuer-offline' ? 'issuer-offline.why' : 'offline.why');
  };
}

/** Why something was not done, in one line. */
export function useWhy(): (error: unknown) => string {
  const noAnswer = useWhyNoAnswer();
  return (error) => noAnswer(error) ?? (error instanceof Error ? error.message : String(error));
}
