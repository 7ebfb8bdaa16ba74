import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useConnection } from '../api/live/live.ts';
import type { Connection } from '../api/live/follow.ts';
import { signIn } from '../api/session.ts';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** A connection that is there again at once is not worth a word. */
const patienceMs = 2_000;
const foundForMs = 5_000;

/** Says that what is shown is no longer kept up to date, and when it is again. */
export function ConnectionSign() {
  const say = useTexts(texts);
  const shown = useShown(useConnection());
  const [isAway, setAway] = useState(false);
  return (
    <Group gap="xs" role="status" wrap="nowrap">
      {shown && (
        <Text
          size="sm"
          c={shown === 'found' ? 'dimmed' : 'var(--mantine-color-text)'}
          fw={shown === 'found' ? 400 : 600}
        >
          {say(isAway ? 'connection.lost' : `connection.${shown}`)}
        </Text>
      )}
      {shown === 'signed-out' && (
        <Button size="compact-sm" variant="default" onClick={() => void signIn().catch(() => setAway(true))}>
          {say('sign-in-again')}
        </Button>
      )}
    </Group>
  );
}

function useShown(connection: Connection | undefined): 'lost' | 'found' | 'signed-out' | undefined {
  const [shown, setShown] = useState<'lost' | 'found' | 'signed-out'>();
  useEffect(() => {
    if (connection === 'signed-out') return setShown('signed-out');
    if (connection === 'lost') {
      const timer = setTimeout(() => setShown('lost'), patienceMs);
      return () => clearTimeout(timer);
    }
    setShown((before) => (before ? 'found' : undefined));
    const timer = setTimeout(() => setShown(undefined), foundForMs);
    return () => clearTimeout(timer);
  }, [connection]);
  return shown;
}
