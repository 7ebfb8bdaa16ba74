import { spelled, useWords } from '../language/words.ts';
import type { Names } from '../shared/value-scope.tsx';
import { termsOf, useAround } from './around.tsx';

/** Where the terms are about the case of another process, such as one that is reversed: what that process calls what was written. */
export function useReversedNames(): Names | undefined {
  const words = useWords();
  const { handoff } = useAround();
  const { process } = handoff;
  const { caseId } = termsOf(handoff);
  if (typeof caseId !== 'string' || caseId.startsWith(`${process}/`)) return undefined;
  const [other = ''] = caseId.split('/', 1);
  return {
    field: (name) =>
      words.of(process, 'fields', name) === spelled(name) ? words.of(other, 'fields', name) : undefined,
    value(field, text) {
      if (field === 'action') return words.of(other, 'actions', text);
      if (field === 'compensatedBy') return words.shared('operations', text);
      return field === 'because' ? words.reason(other, text) : undefined;
    },
  };
}
