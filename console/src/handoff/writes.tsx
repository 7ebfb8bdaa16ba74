import { Stack, Text } from '@mantine/core';
import { named } from '../api/declared.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag } from '../shared/tag.tsx';
import { type Around, termsOf, useAround } from './around.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

export interface Write {
  name: string;
  /** How often; undefined: once, as far as the case does it at all. */
  times: number | undefined;
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
    if (on !== handoff.on) return [];
    const lines = each === undefined ? undefined : terms[each];
    const times = Array.isArray(lines) ? lines.length : undefined;
    return times === 0 ? [] : [{ name, times, compensatedBy, irreversible }];
  });
}

/** What is written once it is approved, and how each write is taken back: known before the click. */
export function Writes() {
  const say = useTexts(texts);
  const words = useWords();
  const around = useAround();
  const { process, kind, on } = around.handoff;
  const writes = writesOf(around);
  if (kind === 'task' || on === null) return null;
  if (writes.length === 0) return <Section title={say('writes')}>{say('writes.none')}</Section>;
  return (
    <Section title={say('writes')}>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {writes.map(({ name, times, compensatedBy, irreversible }) => {
          const said = words.does(process, name);
          const undo = said?.undo ?? words.shared('operations', compensatedBy ?? '');
          return (
            <li key={name}>
              <Text fw={600} span>
                {words.of(process, 'actions', name)}
              </Text>{' '}
              {times !== undefined && times > 1 && <Tag>{say('writes.times', { count: times })}</Tag>}
              {said?.does && <Text size="sm">{said.does}</Text>}
              <Text size="sm" c={compensatedBy ? 'dimmed' : 'var(--mantine-color-error)'}>
                {compensatedBy
                  ? say('writes.undo', { undo })
                  : say('writes.final', { why: said?.undo ?? irreversible ?? '' })}
              </Text>
            </li>
          );
        })}
      </Stack>
      {writes.length > 1 && (
        <Text size="sm" c="dimmed">
          {say('writes.later')}
        </Text>
      )}
    </Section>
  );
}
