import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { type MyRequest, useMyRequests } from '../api/requests.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { capital, useWords } from '../language/words.ts';
import { Page } from '../shared/page.tsx';
import { Empty, Failed, Loading } from '../shared/states.tsx';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow } from '../shared/when.ts';
import { QuestionsToMe } from './questions-to-me.tsx';
import { Standing, StandingTag } from './standing.tsx';
import { texts } from './texts.ts';

/** What I asked for and where it stands, what I am asked, and what I may ask for. */
export function Requests() {
  const say = useTexts(texts);
  const me = useMe().data!;
  return (
    <Page title={say('title')}>
      <QuestionsToMe />
      <MayAsk processes={me.mayRequest} />
      <Stack gap="sm" component="section" aria-labelledby="what-i-asked-for">
        <Title order={2} id="what-i-asked-for">
          {say('list')}
        </Title>
        <List person={me.person} />
      </Stack>
    </Page>
  );
}

function MayAsk({ processes }: { processes: readonly string[] }) {
  const say = useTexts(texts);
  const words = useWords();
  if (processes.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="what-i-may-ask-for">
      <Title order={2} id="what-i-may-ask-for">
        {say('ask')}
      </Title>
      <Group gap="xs">
        {processes.map((process) => (
          <Button key={process} component={Link} href={`/requests/new/${process}`} variant="default">
            {capital(words.oneOf(process))}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

function List({ person }: { person: string }) {
  const say = useTexts(texts);
  const found = useMyRequests();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isError, error, refetch } = found;
  if (!data) return isError ? <Failed error={error} retry={() => void refetch()} /> : <Loading />;
  const requests = data.pages.flatMap(({ cases }) => cases);
  if (requests.length === 0) return <Empty title={say('empty')}>{say('empty.why')}</Empty>;
  return (
    <Stack gap="sm">
      {requests.map((one) => (
        <Request key={one.caseId} of={one} person={person} />
      ))}
      {isError && <Failed error={error} retry={() => void refetch()} />}
      {hasNextPage && (
        <Button
          variant="default"
          onClick={() => void fetchNextPage()}
          loading={isFetchingNextPage}
          style={{ alignSelf: 'center' }}
        >
          {say('more')}
        </Button>
      )}
    </Stack>
  );
}

function Request({ of, person }: { of: MyRequest; person: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { caseId, process, openedAt, closedAt } = of;
  return (
    <Card withBorder padding="md" component="article" aria-label={`${capital(words.oneOf(process))} ${keyOf(of)}`}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Anchor
            component={Link}
            href={`/cases/${encodeURIComponent(caseId)}`}
            fw={600}
            style={{ overflowWrap: 'anywhere' }}
          >
            {capital(words.oneOf(process))} {keyOf(of)}
          </Anchor>
          <StandingTag of={of} />
        </Group>
        <Standing of={of} person={person} />
        <Text size="sm" c="dimmed" title={dateTime(closedAt ?? openedAt, language)}>
          {say(closedAt ? 'closed' : 'asked', { when: fromNow(closedAt ?? openedAt, language, useNow(of)) })}
        </Text>
      </Stack>
    </Card>
  );
}

/** What the business calls it: its id without the process. */
const keyOf = ({ caseId, process }: MyRequest): string => caseId.slice(process.length + 1);
