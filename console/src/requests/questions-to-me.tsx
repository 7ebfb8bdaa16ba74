import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useOpenQuestions } from '../api/questions.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag } from '../shared/tag.tsx';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow } from '../shared/when.ts';
import { texts } from './texts.ts';

/** What somebody wants to know of me; nothing where nobody does. */
export function QuestionsToMe() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const now = useNow();
  const data = (useOpenQuestions().data ?? []).filter(({ mayAnswer }) => mayAnswer);
  if (data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="questions-to-me">
      <Title order={2} id="questions-to-me">
        {say('questions.title')}
      </Title>
      {data.map(({ id, caseId, question, dueAt, slaStage, clockAheadMs }) => (
        <Card withBorder padding="md" key={id}>
          <Stack gap="xs">
            <Group justify="space-between" gap="xs" align="flex-start">
              <Anchor
                component={Link}
                href={`/questions/${encodeURIComponent(id)}`}
                fw={600}
                lineClamp={3}
                style={{ overflowWrap: 'anywhere' }}
              >
                {question}
              </Anchor>
              <Tag tone={slaStage === 'at-risk' ? 'warning' : 'accent'}>{words.shared('stages', slaStage)}</Tag>
            </Group>
            <Text size="sm" c="dimmed" title={dateTime(dueAt, language)}>
              {say('questions.of', { what: caseIn(words, caseId) })} ·{' '}
              {say('questions.due', { when: fromNow(dueAt, language, now + clockAheadMs) })}
            </Text>
          </Stack>
        </Card>
      ))}
    </Stack>
  );
}

/** A case by its id, in words. */
export function caseIn(words: ReturnType<typeof useWords>, caseId: string): string {
  const [process = ''] = caseId.split('/', 1);
  return `${words.oneOf(process)} ${caseId.slice(process.length + 1)}`;
}
