import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { amendedIn } from '../shared/handoff-parts.ts';
import { currencyIn, fieldOf, type FieldsOf, kindOf, type Schema } from '../shared/schema.ts';
import { ValueScope } from '../shared/value-scope.tsx';
import { Fields } from '../shared/value.tsx';
import { termsOf, termsSchema, useAround } from './around.tsx';
import { useReversedNames } from './reversed-names.ts';
import { Amended } from './reworked.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** What an approval would approve; `editor` stands in its place while it is amended. */
export function Terms({ editor }: { editor?: ReactNode }) {
  const say = useTexts(texts);
  const around = useAround();
  const { handoff } = around;
  if (handoff.kind === 'task') return null;
  if (handoff.on === null)
    return <Section title={say('terms')}>{say(handoff.name === 'repair' ? 'terms.repair' : 'terms.none')}</Section>;
  return (
    <Section title={say('terms')} beside={<TermsName />}>
      {editor ?? (
        <>
          <TermsAre of={termsOf(handoff)} />
          <Drafted />
          <Amended />
        </>
      )}
    </Section>
  );
}

function TermsName() {
  const words = useWords();
  const { handoff } = useAround();
  return (
    <Text size="sm" c="dimmed">
      {words.of(handoff.process, 'terms', handoff.on ?? '')}
    </Text>
  );
}

/** Terms, what is at stake first. */
export function TermsAre({ of }: { of: FieldsOf }) {
  const schema = termsSchema(useAround());
  const names = useReversedNames();
  return (
    <ValueScope {...(names ? { names } : {})}>
      <Fields of={ordered(of, schema)} schema={schema} />
    </ValueScope>
  );
}

/** What is at stake first, ids last. */
function ordered(of: FieldsOf, schema: Schema | undefined): FieldsOf {
  const rank = (name: string) =>
    /Id$/.test(name) ? 2 : kindOf(of[name], fieldOf(schema, name), name, currencyIn(of)) === 'amount' ? 0 : 1;
  return Object.fromEntries(Object.entries(of).toSorted(([one], [other]) => rank(one) - rank(other)));
}

/** Which of the terms are a model's words, or are hidden because it was not sure. */
function Drafted() {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, declared } = useAround();
  const name = (field: string) => words.of(handoff.process, 'fields', field);
  const inTerms = (field: string) => handoff.mayAmend.includes(field) || field in termsOf(handoff);
  const hidden = handoff.hidden.filter(inTerms);
  const amended = amendedIn(handoff);
  const drafts = (declared?.handoffs[handoff.name]?.drafts ?? []).filter(
    (field) => field in termsOf(handoff) && !amended.includes(field),
  );
  return (
    <>
      {drafts.length > 0 && (
        <Text size="sm" c="dimmed">
          {say('drafted', { fields: drafts.map(name).join(', ') })}
        </Text>
      )}
      {hidden.length > 0 && handoff.state === 'open' && (
        <Alert color="orange" variant="light">
          <Text size="sm">{say('hidden', { fields: hidden.map(name).join(', ') })}</Text>
        </Alert>
      )}
    </>
  );
}
