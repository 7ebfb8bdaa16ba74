import type { Measure } from '../api/scorecard.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './texts.ts';

/** What measures that stand together are called: as a whole, and each of them. Percentiles of one thing are `p50`, `p95` of it. */
export function useTitles(measures: readonly Measure[]): { whole: string; each: readonly string[] } {
  const say = useTexts(texts);
  const words = useWords();
  const each = measures.map(({ name }) => words.shared('measures', name));
  const [, of, first] = /^(.+)-(p\d\d)$/.exec(measures[0]?.name ?? '') ?? [];
  const group = `group.${of}`;
  if (first === undefined || !isGroup(group) || !measures.every(({ name }) => name.startsWith(`${of}-p`)))
    return { whole: each.join(', '), each };
  return { whole: say(group), each: measures.map(({ name }) => name.slice(of!.length + 1)) };
}

type Group = Extract<keyof (typeof texts)['en'], `group.${string}`>;
const isGroup = (name: string): name is Group => name in texts.en;
