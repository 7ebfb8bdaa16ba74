import { Group, Stack, Text } from '@mantine/core';
import { type Declared, useDeclared } from '../api/declared.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { type Said, useWords } from '../language/words.ts';
import { Shown } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/tag.tsx';
import { dateTime } from '../shared/when.ts';
import type { ActionEntry, ActionState } from './entries.ts';
import { texts } from './texts.ts';

const tones: Readonly<Record<ActionState, Tone>> = {
  ...{ intended: 'accent', done: 'good', refused: 'bad', unknown: 'warning' },
  ...{ compensated: 'neutral', kept: 'neutral', stuck: 'bad' },
};

/** What a case wrote, how each is taken back, and whether it was. */
export function Actions({ process, actions }: { process: string; actions: readonly ActionEntry[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const declared = useDeclared(process);
  if (actions.length === 0) return <Text c="dimmed">{say('actions.none')}</Text>;
  return (
    <Shown of={declared}>
      {(found) => (
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {actions.map(({ key, action, operation, state, at }) => (
            <li key={key}>
              <Group gap="xs">
                <Text fw={600}>{words.of(process, 'actions', action)}</Text>
                <Tag tone={tones[state]}>{words.shared('lines', `action.${state}`)}</Tag>
              </Group>
              <Text size="sm" c="dimmed">
                {words.shared('operations', operation)} · {dateTime(at, language)}
                {isStanding(state) && ` · ${undoOf(say, words, process, action, found)}`}
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </Shown>
  );
}

const isStanding = (state: ActionState) => state !== 'compensated' && state !== 'refused';

type Say = ReturnType<typeof useTexts<keyof (typeof texts)['en']>>;

function undoOf(say: Say, words: Said, process: string, action: string, { actions }: Declared): string {
  const by = actions[action]?.compensatedBy;
  if (by === undefined) return say('undo.never');
  const undo = words.does(process, action)?.undo;
  return say('undo.by', { undo: undo && !undo.includes('{') ? undo : words.shared('operations', by) });
}
