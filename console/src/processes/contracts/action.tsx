import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { ContractCard, type Term } from './contract-card.tsx';
import type { OfStep } from './contracts.tsx';
import { Fields } from './fields.tsx';
import { texts } from './texts.ts';
import { useNames } from './use-names.tsx';

/** What is written, on which terms, and how it is taken back or why it is not. */
export function ActionContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const names = useNames(process);
  const { on, each, does, input, alsoTakes, compensatedBy, irreversible } = contracts.actions[name]!;
  const terms: Term[] = [
    [say('system'), names.system(does)],
    [say('does'), names.operation(does)],
    compensatedBy === null
      ? [say('irreversible'), words.reason(process, irreversible ?? '')]
      : [say('undo'), names.operation(compensatedBy)],
    [say('on'), names.terms(on)],
    ...(each === null ? [] : [[say('each'), names.field(each)] as const]),
    ...(alsoTakes.length > 0 ? [[say('also-takes'), names.fields(alsoTakes)] as const] : []),
  ];
  return (
    <ContractCard title={words.of(process, 'actions', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.input')} of={input} />
    </ContractCard>
  );
}
