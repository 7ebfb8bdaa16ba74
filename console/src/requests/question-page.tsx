import { Anchor, Blockquote, Button, Card, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { type Question, useAnswer, useQuestion } from '../api/questions.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { toFirstWrong } from '../shared/first-wrong.ts';
import { Page } from '../shared/page.tsx';
import { send } from '../shared/send.ts';
import { Failed, Shown } from '../shared/states.tsx';
import { useKept } from '../shared/use-kept.ts';
import { usePlace } from '../shared/use-place.ts';
import { Value } from '../shared/value.tsx';
import { ValueScope } from '../shared/value-scope.tsx';
import { dateTime } from '../shared/when.ts';
import { caseIn } from './questions-to-me.tsx';
import { texts } from './texts.ts';

const longest = 4_000;

/** What is asked, with what is shown of its case, and the place for the answer. */
export function QuestionPage() {
  const say = useTexts(texts);
  const id = usePlace('id');
  const question = useQuestion(id);
  return (
    <Page title={say(question.data?.mayAnswer === false ? 'question.title-over' : 'question.title')}>
      <Shown of={question}>{(found) => <Asked of={found} />}</Shown>
    </Page>
  );
}

function Asked({ of }: { of: Question }) {
  const say = useTexts(texts);
  const words = useWords();
  const [process = ''] = of.caseId.split('/', 1);
  return (
    <Stack gap="lg" maw="72ch">
      <Text c="dimmed">
        {of.to === 'requester' ? (
          <Anchor component={Link} href={`/cases/${encodeURIComponent(of.caseId)}`}>
            {caseIn(words, of.caseId)}
          </Anchor>
        ) : (
          caseIn(words, of.caseId)
        )}
      </Text>
      <Blockquote p="md" color="blue">
        <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{of.question}</Text>
      </Blockquote>
      {of.shows.length > 0 && (
        <Card withBorder component="section" aria-labelledby="what-is-shown">
          <Stack gap="md">
            <Title order={2} id="what-is-shown">
              {say('question.shows')}
            </Title>
            <ValueScope process={process} of={of.shows}>
              {of.shows.map(({ at, value }) => (
                <div key={at}>
                  <Text size="sm" c="dimmed">
                    {words.of(process, 'fields', fieldAt(at))}
                  </Text>
                  <Value value={value} field={fieldAt(at)} />
                </div>
              ))}
            </ValueScope>
          </Stack>
        </Card>
      )}
      {of.mayAnswer ? <Answering of={of} /> : <Over of={of} />}
    </Stack>
  );
}

/** The name of the field that a JSON pointer leads to, or of the list whose entry it is. */
const fieldAt = (at: string): string => at.split('/').findLast((part) => !/^\d+$/.test(part)) ?? at;

function Answering({ of: { id, dueAt } }: { of: Question }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { value: typed, setValue: type, forget } = useKept(`answer.${id}`, () => '');
  const [isTried, setTried] = useState(false);
  const answer = useAnswer(id);
  const isMissing = typed.trim() === '' || typed.length > longest;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isMissing) toFirstWrong();
    if (!isMissing && !answer.isPending) send(answer, typed, forget);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Textarea
          label={say('question.answer')}
          description={`${say('question.open', { when: dateTime(dueAt, language) })} ${say('question.decides-nothing')}`}
          value={typed}
          error={isTried && isMissing && say('question.needs')}
          onChange={(event) => type(event.currentTarget.value)}
          autosize
          minRows={4}
          aria-required
        />
        {answer.isError && <Failed error={answer.error} />}
        <Button type="submit" loading={answer.isPending} style={{ alignSelf: 'flex-start' }}>
          {say('question.send')}
        </Button>
      </Stack>
    </form>
  );
}

function Over({ of: { state, answer, by, at, dueAt } }: { of: Question }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const me = useMe().data;
  const when = dateTime(at ?? dueAt, language);
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>
        {say(state === 'answered' && by === me?.person ? 'question.sent' : `question.${state}`, {
          who: by ?? '',
          when,
        })}
      </Text>
      {answer !== null && <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{answer}</Text>}
      <Anchor component={Link} href="/requests">
        {say('question.back')}
      </Anchor>
    </Stack>
  );
}
