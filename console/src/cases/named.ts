import type { Said } from '../language/words.ts';

/** What a name stands for, by the field that holds it. */
const meant: Readonly<Record<string, (words: Said, process: string, name: string) => string>> = {
  verdict: (words, _process, name) => words.shared('verdicts', name),
  rule: (words, process, name) =>
    name
      .split(', ')
      .map((one) => words.of(process, 'rules', one))
      .join(', '),
  on: (words, process, name) => words.of(process, 'terms', name),
  termsName: (words, process, name) => words.of(process, 'terms', name),
  source: (words, process, name) => words.of(process, 'sources', name),
  sum: (words, process, name) => words.of(process, 'fields', name),
  outcome: (words, process, name) => words.of(process, 'outcomes', name),
  rollback: (words, _process, name) => words.shared('rollbacks', name),
  reads: (words, _process, name) => words.shared('operations', name),
  operation: (words, _process, name) => words.shared('operations', name),
  owner: (words, _process, name) => words.shared('queues', name),
  escalateTo: (words, _process, name) => words.shared('queues', name),
  role: (words, _process, name) => words.shared('queues', name),
  refusal: (words, _process, name) => words.shared('refusals', name),
};

/** A name in the reader's words, where the field that holds it says what kind of name it is. */
export const named = (words: Said, process: string, field: string, name: string): string =>
  meant[field]?.(words, process, name) ?? name;
