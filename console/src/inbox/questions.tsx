import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { type OpenQuestion, useOpenQuestions } from '../api/questions.ts';
import { isolated } from '../language/isolated.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Empty, Shown } from '../shared/states.tsx';
import { useNow } from '../shared/use-now.ts';
import { fromNow } from '../shared/when.ts';
import { texts } from './texts.ts';
import { TimeLeft } from './time-left.tsx';

/** Says that questions are put to the reader, above what else waits. */
export function QuestionsNotice({ href }: { href: string }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [first, ...others] = useOpenQuestions().data ?? [];
  const now = useNow(first);
  if (!first) return null;
  return (
    <Paper withBorder p="sm">
      <Group gap="xs">
        <Text size="sm">
          {say('questions.to-you', { count: others.length + 1, due: fromNow(first.dueAt, language, now) })}
        </Text>
        <Anchor component={Link} href={href} size="sm">
          {say('questions.read')}
        </Anchor>
      </Group>
    </Paper>
  );
}

/** The questions themselves, due first. */
export function Questions() {
  const say = useTexts(texts);
  return (
    <Shown of={useOpenQuestions()}>
      {(questions) =>
        questions.length === 0 ? (
          <Empty title={say('questions.empty')}>{say('questions.empty.why')}</Empty>
        ) : (
          <Stack gap="sm">
            {questions.map((question) => (
              <OneQuestion key={question.id} question={question} />
            ))}
          </Stack>
        )
      }
    </Shown>
  );
}

function OneQuestion({ question }: { question: OpenQuestion }) {
  const words = useWords();
  const { id, caseId, question: text, state, slaStage, dueAt, clockAheadMs } = question;
  const stage = slaStage === 'over' ? 'expired' : slaStage;
  const [process = '', key = ''] = caseId.split(/\/(.*)/s);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={0} flex="1 1 16rem">
          <Anchor component={Link} href={`/questions/${encodeURIComponent(id)}`} fw={600} lineClamp={3}>
            {text}
          </Anchor>
          <Text size="sm" c="dimmed">
            {words.process(process)} · {isolated(decodeURIComponent(key))}
          </Text>
        </Stack>
        <TimeLeft
          of={{ state: state === 'open' ? 'open' : 'decided', slaStage: stage, dueAt, paused: null, clockAheadMs }}
        />
      </Group>
    </Paper>
  );
}
