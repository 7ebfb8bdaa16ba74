import type { Said } from '../../language/words.ts';
import type { Draft } from './draft.ts';
import type { Kind } from './fields.ts';

export interface InputProps<K extends Kind = Kind> {
  of: K;
  /** As the declaration has it. */
  name: string;
  label: string;
  /** The JSON pointer to it. */
  at: string;
  needed: boolean;
  draft: Draft;
  currency: string | undefined;
  onChange(draft: Draft): void;
}

/** How wide the place is in which one writes; what stands above and below it has all the room. */
export const atMost = (maxWidth: number) => ({ wrapper: { maxWidth } });

/** What one of a few values is called. */
export const choiceIn = (words: Said, process: string, value: string): string => words.of(process, 'values', value);
