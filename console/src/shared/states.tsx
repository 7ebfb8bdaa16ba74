import { Alert, Button, Center, Loader, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';
import { useWhyNoAnswer } from './why.ts';

/** What a page or a part of it shows when there is nothing to show yet, nothing at all, or no answer. */

export function Loading() {
  const say = useTexts(texts);
  return (
    <Center mih={160} role="status" aria-label={say('loading')}>
      <Loader />
    </Center>
  );
}

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <Center mih={160}>
    <Stack gap="xs" align="center" ta="center" maw={480}>
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
      )}
    </Stack>
  </Center>
);

export function NotFound() {
  const say = useTexts(texts);
  return <Empty title={say('not-found')}>{say('not-found.why')}</Empty>;
}

/** A refusal in the words of the reader; what the API says more precisely stands below. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useTexts(texts);
  const noAnswer = useWhyNoAnswer()(error);
  const problem = error instanceof ApiProblem ? error : undefined;
  if (problem?.status === 404) return <NotFound />;
  const title = problem?.status === 403 ? 'forbidden' : noAnswer ? 'offline' : 'failed';
  return (
    <Alert color={title === 'forbidden' ? 'gray' : 'red'} title={say(title)} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {title === 'forbidden' ? say('forbidden.why') : (noAnswer ?? problem?.message ?? String(error))}
        </Text>
        {problem?.errors.map(({ field, message }) => (
          <Text size="sm" key={field}>
            {field}: {message}
          </Text>
        ))}
        {retry && title !== 'forbidden' && (
          <Button size="xs" variant="default" onClick={retry}>
            {say('again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Shows what was asked for, or why it is not there. What is there already stays while it is asked for again. */
export function Shown<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.isError) return <Failed error={of.error} retry={() => void of.refetch()} />;
  return <Loading />;
}
