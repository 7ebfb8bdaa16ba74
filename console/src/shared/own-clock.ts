import { useLanguage, useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';
import { span } from './when.ts';

/** How far the clock of a case is from the real one, in a sentence; undefined where it is the real one. */
export function useOwnClock(aheadMs: number): string | undefined {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const apart = Math.abs(aheadMs);
  if (apart < 60_000) return undefined;
  return say(aheadMs > 0 ? 'clock.ahead' : 'clock.behind', { span: span(apart, language) });
}
