import type { SwitchOf } from '../api/processes.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './texts.ts';

/** Answers what a switch `<scope>/<name>` stops, in words; the process that one looks at is "this" one. */
export function useStops(process?: string) {
  const say = useTexts(texts);
  const words = useWords();
  return (id: string): string => {
    const [scope, name] = [id.slice(0, id.indexOf('/')) as SwitchOf['scope'], id.slice(id.indexOf('/') + 1)];
    if (scope === 'all') return say('everything');
    if (scope === 'process') return name === process ? say('this-process') : words.process(name);
    return say(scope, { name: scope === 'system' ? words.shared('systems', name) : name });
  };
}
