import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import type { Part } from '../process-page.tsx';
import { useSpans } from '../use-spans.ts';
import { ContractCard } from './contract-card.tsx';
import type { OfStep } from './contracts.tsx';
import { Fields } from './fields.tsx';
import { texts } from './texts.ts';
import { Queue, useNames } from './use-names.tsx';

/** What a case begins with, and what of it is approved. */
export function RequestContract({ process, contracts }: Part) {
  const say = useTexts(texts);
  const names = useNames(process);
  return (
    <ContractCard title={say('request')} name={process} terms={[[say('key'), names.fields(contracts.key)]]}>
      <Fields process={process} title={say('fields')} of={contracts.request} />
      {Object.entries(contracts.terms).map(([name, fields]) => (
        <Fields key={name} process={process} title={`${say('terms')}: ${names.terms(name)}`} of={fields} />
      ))}
    </ContractCard>
  );
}

export function SourceContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const names = useNames(process);
  const spans = useSpans();
  const { reads, owner, maxAge, by, gives } = contracts.sources[name]!;
  const terms = [
    [say('system'), names.system(reads)],
    [say('reads'), names.operation(reads)],
    [say('owner'), <Queue key="owner" name={owner} />],
    [say('max-age'), say('max-age.value', { span: spans(maxAge) })],
  ] as const;
  return (
    <ContractCard title={words.of(process, 'sources', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.by')} of={by} />
      <Fields process={process} title={say('fields.gives')} of={gives} />
    </ContractCard>
  );
}

export function EventContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const spans = useSpans();
  const { by, gives, within, owner, remindersAtMost, everyCase } = contracts.events[name]!;
  const terms = [
    [say('within'), say('max-age') + ' ' + spans(within)],
    [say('owner'), owner === null ? say('nobody') : <Queue key="owner" name={owner} />],
    [say('reminders'), say('reminders.value', { count: remindersAtMost })],
    ...(everyCase ? [[say('reaches-all'), say('reaches-all.value')] as const] : []),
  ] as const;
  return (
    <ContractCard title={words.of(process, 'events', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.by')} of={by} />
      <Fields process={process} title={say('fields.gives')} of={gives} />
    </ContractCard>
  );
}

export function OutcomeContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const means = words.means(process, name);
  return (
    <ContractCard title={words.of(process, 'outcomes', name)} name={name} terms={means ? [[say('means'), means]] : []}>
      <Fields process={process} title={say('fields.with')} of={contracts.outcomes[name]!} />
    </ContractCard>
  );
}
