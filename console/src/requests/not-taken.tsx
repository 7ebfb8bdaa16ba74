import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { ApiProblem } from '../api/client.ts';
import { useTexts } from '../language/language.tsx';
import { Failed } from '../shared/states.tsx';
import { texts } from './texts.ts';

/** Why a request was not taken; what is wrong with single fields stands beside them. */
export function NotTaken({ error, wrong }: { error: unknown; wrong: number }) {
  const say = useTexts(texts);
  const code = error instanceof ApiProblem ? error.code : undefined;
  if (wrong > 0)
    return (
      <Alert color="red" role="alert">
        {say('new.wrong', { count: wrong })}
      </Alert>
    );
  if (code === 'idempotency-key-reused' || code === 'case-exists') {
    const name = code === 'case-exists' ? 'exists' : 'reused';
    return (
      <Alert color="red" role="alert" title={say(`new.${name}`)}>
        <Text size="sm">{say(`new.${name}.why`)}</Text>
        <Anchor component={Link} href="/requests" size="sm" c="inherit" td="underline">
          {say('title')}
        </Anchor>
      </Alert>
    );
  }
  return error ? <Failed error={error} /> : null;
}
