import type { Contracts } from '../api/processes.ts';
import { useWords } from '../language/words.ts';

/** A step of a case: what is read, asked of a model, ruled, asked of people, written, waited for; and how a case ends. */
export type StepKind =
  'request' | 'read' | 'inference' | 'ruling' | 'handoff' | 'task' | 'event' | 'action' | 'outcome';

const kinds = {
  read: 'sources',
  inference: 'inferences',
  ruling: 'policies',
  handoff: 'handoffs',
  event: 'events',
  action: 'actions',
  outcome: 'outcomes',
} as const;

/** What of a declaration holds the steps of a kind. */
export const declaredAs = (kind: StepKind): (keyof Contracts & (typeof kinds)[keyof typeof kinds]) | undefined =>
  kind in kinds ? kinds[kind as keyof typeof kinds] : undefined;

/** Answers what a step is called: as its process declares it, or as every process has it. */
export function useStepWords(process: string, contracts: Contracts) {
  const words = useWords();
  return ({ kind, name }: { kind: StepKind; name: string }): string => {
    if (kind === 'request') return begun(words.oneOf(process));
    if (kind === 'task') return words.shared('tasks', name);
    const declared = declaredAs(kind)!;
    return Object.hasOwn(contracts[declared], name)
      ? words.of(process, declared, name)
      : words.shared(kind === 'outcome' ? 'outcomes' : 'handoffs', name);
  };
}

/** As the beginning of a line. */
const begun = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
