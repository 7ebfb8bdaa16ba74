import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useChange } from '../api/handoff.ts';
import { useTexts } from '../language/language.tsx';
import type { FieldsOf } from '../shared/schema.ts';
import { send } from '../shared/send.ts';
import { useKept } from '../shared/use-kept.ts';
import { Amend, hasUnread } from './amend/amend.tsx';
import { texts as amendTexts } from './amend/texts.ts';
import { texts } from './answer-texts.ts';
import { Because } from './answer/because.tsx';
import { packetOf, packetSchema, termsOf, termsSchema, useAround } from './around.tsx';
import { errorAt, Refusal, useVersionRead } from './refusal.tsx';
import { toFirstWrong } from '../shared/first-wrong.ts';
import { Section } from '../shared/section.tsx';

const nothing = { because: '', packet: {} as FieldsOf, terms: {} as FieldsOf };

/** Answers what was sent back: what was done about it, and what is to be shown or approved otherwise. */
export function Rework() {
  const say = useTexts(texts);
  const amend = useTexts(amendTexts);
  const around = useAround();
  const { handoff } = around;
  const rework = useChange(handoff.id, 'rework');
  const version = useVersionRead('rework', rework.error);
  const kept = useKept(`rework.${handoff.id}`, () => nothing);
  const { because, packet, terms } = kept.value;
  const type = (some: Partial<typeof nothing>) => kept.setValue((before) => ({ ...before, ...some }));
  const [tried, setTried] = useState(false);
  const lacks = because.trim() === '';
  const unread = hasUnread(packet) || hasUnread(terms);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    toFirstWrong();
    if (lacks || unread) return;
    const some = (of: FieldsOf, name: string) => (Object.keys(of).length > 0 ? { [name]: of } : {});
    send(rework, { because, version, ...some(packet, 'packet'), ...some(terms, 'terms') }, kept.forget);
  };
  const at = (place: string) => errorAt(rework.error, place);
  return (
    <Section title={say('rework.change')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Amend
            {...{ fields: handoff.mayChange, before: packetOf(handoff), schema: packetSchema(around) }}
            {...{ changes: packet, onChange: (next: FieldsOf) => type({ packet: next }), errorAt: at, at: '/packet' }}
          />
          <Amend
            {...{ fields: handoff.mayAmend, before: termsOf(handoff), schema: termsSchema(around) }}
            {...{ changes: terms, onChange: (next: FieldsOf) => type({ terms: next }), errorAt: at, at: '/terms' }}
          />
          <Because
            label={say('rework.because')}
            value={because}
            needed
            error={tried && lacks ? say('needed') : at('/because')}
            onChange={(next) => type({ because: next })}
          />
          {tried && unread && <Text size="sm">{amend('wrong.first')}</Text>}
          <Refusal error={rework.error} shown={['/because', '/packet', '/terms']} />
          <Button type="submit" loading={rework.isPending} style={{ alignSelf: 'flex-start' }}>
            {say('rework.confirm')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
