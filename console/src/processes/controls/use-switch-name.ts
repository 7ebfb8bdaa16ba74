import type { SwitchOf } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { texts } from './texts.ts';

/** Answers what a switch is called here. */
export function useSwitchName() {
  const say = useTexts(texts);
  const words = useWords();
  return ({ scope, name }: SwitchOf): string =>
    say(`scope.${scope}`, { name: scope === 'system' ? words.shared('systems', name) : name });
}
