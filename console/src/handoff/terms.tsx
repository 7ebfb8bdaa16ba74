import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { type FieldsOf, kindOf } from '../shared/schema.ts';
import { Fields } from '../shared/value.tsx';
import { termsOf, termsSchema, useAround } from './around.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

/** What an approval would approve; `editor` stands in its place while it is amended. */
export function Terms({ editor }: { editor?: ReactNode }) {
  const say = useTexts(texts);
  const around = useAround();
  const { handoff } = around;
  if (handoff.kind === 'task') return null;
  if (handoff.on === null) return <Section title={say('terms')}>{say('terms.none')}</Section>;
  return (
    <Section title={say('terms')}>
      {editor ?? (
        <>
          <TermsAre of={termsOf(handoff)} />
          <Drafted />
        </>
      )}
    </Section>
  );
}

/** Terms, with what is empty in them named in one line. */
export function TermsAre({ of }: { of: FieldsOf }) {
  const say = useTexts(texts);
  const words = useWords();
  const around = useAround();
  const empty = Object.keys(of).filter((name) => kindOf(of[name], undefined) === 'none');
  const fields = empty.map((name) => words.of(around.handoff.process, 'fields', name)).join(', ');
  return (
    <>
      <Fields of={of} schema={termsSchema(around)} omit={empty} />
      {empty.length > 0 && (
        <Text size="sm" c="dimmed">
          {say('terms.empty', { fields })}
        </Text>
      )}
    </>
  );
}

/** Which of the terms are a model's words, or are hidden because it was not sure. */
function Drafted() {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, declared } = useAround();
  const name = (field: string) => words.of(handoff.process, 'fields', field);
  const inTerms = (field: string) => handoff.mayAmend.includes(field) || field in termsOf(handoff);
  const hidden = handoff.hidden.filter(inTerms);
  const drafts = (declared?.handoffs[handoff.name]?.drafts ?? []).filter((field) => field in termsOf(handoff));
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
