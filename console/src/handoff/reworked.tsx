import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { fieldOf, type FieldsOf, type Schema } from '../shared/schema.ts';
import { Value } from '../shared/value.tsx';
import { Changed } from './amend/changed.tsx';
import { amendedIn } from '../shared/handoff-parts.ts';
import { packetOf, packetSchema, termsOf, termsSchema, useAround } from './around.tsx';
import { texts } from './texts.ts';

/** What a rework changed: each field as it was, and as it is asked about now. */
export function Reworked() {
  const around = useAround();
  const { handoff } = around;
  const was = handoff.rework?.was;
  if (!was || handoff.kind === 'rework') return null;
  return (
    <Stack gap="sm" mt="sm">
      <Each was={was.packet} now={packetOf(handoff)} schema={packetSchema(around)} />
      <Each was={was.terms} now={termsOf(handoff)} schema={termsSchema(around)} />
    </Stack>
  );
}

/** What whoever approved it changed. */
export function Amended() {
  const say = useTexts(texts);
  const around = useAround();
  const changed = amendedIn(around.handoff);
  if (changed.length === 0) return null;
  const was = (around.handoff.terms ?? {}) as FieldsOf;
  return (
    <Stack gap="sm" mt="sm">
      <Title order={3}>{say('amended')}</Title>
      <Each
        was={Object.fromEntries(changed.map((name) => [name, was[name]]))}
        now={termsOf(around.handoff)}
        schema={termsSchema(around)}
      />
    </Stack>
  );
}

function Each({ was, now, schema }: { was: FieldsOf; now: FieldsOf; schema: Schema | undefined }) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff } = useAround();
  return Object.keys(was).map((field) => {
    const shown = { field, schema: fieldOf(schema, field) };
    return (
      <Stack gap={4} key={field} role="group" aria-label={words.of(handoff.process, 'fields', field)}>
        <Text fw={600}>{words.of(handoff.process, 'fields', field)}</Text>
        <SimpleGrid cols={2} spacing="md">
          <div>
            <Text size="sm" c="dimmed">
              {say('reworked.was')}
            </Text>
            {handoff.hidden.includes(field) ? say('reworked.hidden') : <Value {...shown} value={was[field]} />}
          </div>
          <div>
            <Text size="sm" c="dimmed">
              {say('reworked.now')}
            </Text>
            <Value {...shown} value={now[field]} />
          </div>
        </SimpleGrid>
        <Changed before={was[field]} value={now[field]} schema={shown.schema} />
      </Stack>
    );
  });
}
