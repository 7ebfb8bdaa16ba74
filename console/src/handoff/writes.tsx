import { Group, Stack, Text } from '@mantine/core';
import { named } from '../api/declared.ts';
import { fill, useTexts } from '../language/language.tsx';
import { capital, useWords } from '../language/words.ts';
import { fieldOf, type FieldsOf, shapeOf } from '../shared/schema.ts';
import { Tag } from '../shared/tag.tsx';
import { type Around, termsOf, termsSchema, useAround } from './around.tsx';
import { withoutPlaces } from '../shared/places.ts';
import { usePlacesOfWrite } from './places.ts';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

export interface Write {
  name: string;
  /** What it is written from: a line of the terms for each time, or the terms. */
  lines: readonly FieldsOf[];
  /** Which list of the terms has the lines. */
  each: string | undefined;
  /** The operation that takes it back; undefined: none can. */
  compensatedBy: string | undefined;
  irreversible: string | undefined;
}

/** The writes that stand on the terms of a handoff. One write of each line of a list: none where the list is empty. */
export function writesOf(
  { handoff, declared }: Pick<Around, 'handoff' | 'declared'>,
  terms = termsOf(handoff),
): Write[] {
  return named(declared?.actions).flatMap(([name, { on, each, compensatedBy, irreversible }]) => {
    const lines = each === undefined ? [terms] : ((terms[each] ?? []) as FieldsOf[]);
    return on === handoff.on && lines.length > 0 ? [{ name, lines, each, compensatedBy, irreversible }] : [];
  });
}

/** What its case does next once it is approved: what is written, and how each write is taken back. Known before the click. */
export function Writes() {
  const say = useTexts(texts);
  const around = useAround();
  const next = useNext();
  const { kind } = around.handoff;
  const writes = writesOf(around);
  if (kind !== 'decision') return null;
  return (
    <Section title={say('writes')}>
      <Text size="sm">{next('yes')}</Text>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {writes.map((write) => (
          <One key={write.name} write={write} />
        ))}
      </Stack>
      {writes.length > 1 && (
        <Text size="sm" c="dimmed">
          {say('writes.later')}
        </Text>
      )}
    </Section>
  );
}

/** Says what the case does next, by what is answered. */
export function useNext() {
  const say = useTexts(texts);
  const words = useWords();
  const { process, name } = useAround().handoff;
  return (answer: 'yes' | 'no' | 'back'): string => {
    if (name === 'repair' || name === 'supervision') return say(`next.${name}.${answer}`);
    return words.next(process, name, answer) ?? '';
  };
}

const mostLines = 3;

function One({ write: { name, lines, each, compensatedBy, irreversible } }: { write: Write }) {
  const say = useTexts(texts);
  const words = useWords();
  const around = useAround();
  const ofWrite = usePlacesOfWrite();
  const { process } = around.handoff;
  const said = words.does(process, name);
  const schema = termsSchema(around);
  const filled = (text: string, line: FieldsOf) => {
    const places = ofWrite(line, each === undefined ? schema : shapeOf(fieldOf(schema, each)?.items, line));
    return withoutPlaces(fill(text, places));
  };
  const undo = said?.undo ? filled(said.undo, lines[0]!) : words.shared('operations', compensatedBy ?? '');
  return (
    <li>
      <Group gap="xs">
        <Text fw={600}>{words.of(process, 'actions', name)}</Text>
        {around.brief.written.includes(name) && <Tag tone="good">{say('writes.done')}</Tag>}
      </Group>
      {said &&
        lines.slice(0, mostLines).map((line, index) => (
          <Text size="sm" key={index}>
            {capital(filled(said.does, line))}
          </Text>
        ))}
      {lines.length > mostLines && <Text size="sm">{say('writes.more', { count: lines.length - mostLines })}</Text>}
      <Text size="sm" c={compensatedBy ? 'dimmed' : 'var(--mantine-color-error)'}>
        {compensatedBy
          ? say('writes.undo', { undo })
          : say('writes.final', { why: words.reason(process, irreversible ?? '') })}
      </Text>
    </li>
  );
}
