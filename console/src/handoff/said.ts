import type { Handoff } from '../api/handoff.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './texts.ts';

/** What became of a handoff, in a sentence; undefined while it is open. */
export function useOutcome() {
  const say = useTexts(texts);
  const words = useWords();
  return ({ state, decision, completion }: Handoff, me: string): string | undefined => {
    if (state === 'open') return undefined;
    if (completion) {
      const found = words.shared('findings', completion.found);
      return completion.by === me
        ? say('decided.you.completed', { found })
        : say('decided.completed', { person: completion.by, found });
    }
    if (!decision) return say('decided.withdrawn');
    const { verdict, by } = decision;
    if (verdict === 'expired') return say('decided.expired');
    return by === me ? say(`decided.you.${verdict}`) : say(`decided.${verdict}`, { person: by });
  };
}
