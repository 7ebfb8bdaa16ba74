import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Case } from '../api/cases.ts';
import { seesProcesses, useMe } from '../api/me.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { type Said, useWords } from '../language/words.ts';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow } from '../shared/when.ts';
import { addressOfHandoff } from './addresses.ts';
import { whose } from './record-names.ts';
import { texts } from './texts.ts';

type Wait = Case['waitingOn'][number];

/** Whom or what a case waits for, in a few words. */
export const waitInWords = (words: Said, process: string, { for: what, id, owner }: Wait): string => {
  if (what === 'handoff' && owner) return whose(words, owner);
  if (what === 'event') return words.of(process, 'events', id);
  return what === 'switch' ? `${words.shared('waitingFor', what)}: ${id}` : words.shared('waitingFor', what);
};

/** The same, each with until when and, for those who may be asked, where it is answered. */
export function Waiting({ of: one }: { of: Case }) {
  const { process, waitingOn } = one;
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const answers = useAnswers();
  const now = useNow(one);
  if (waitingOn.length === 0) return <Text size="sm">{say('waits.none')}</Text>;
  return (
    <Stack gap={4}>
      {waitingOn.map((wait) => (
        <Group key={`${wait.for} ${wait.id}`} gap="xs">
          <Text size="sm" fw={600}>
            {waitInWords(words, process, wait)}
          </Text>
          {wait.dueAt && (
            <Text size="sm" c="dimmed">
              {say('waits.until', { at: `${dateTime(wait.dueAt, language)} (${fromNow(wait.dueAt, language, now)})` })}
            </Text>
          )}
          {wait.for === 'handoff' && answers && (
            <Anchor component={Link} href={addressOfHandoff(wait.id)} size="sm">
              {say('waits.handoff')}
            </Anchor>
          )}
        </Group>
      ))}
    </Stack>
  );
}

/** Whether the reader may be asked for anything at all, or sees everything. */
export const useAnswers = (): boolean => {
  const { data: me } = useMe();
  return me !== undefined && seesProcesses(me);
};
