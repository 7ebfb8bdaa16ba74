import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Me } from '../api/me.ts';
import { useSomeHandoff } from '../api/tour.ts';
import { useTexts } from '../language/language.tsx';
import { texts } from './tour-texts.ts';

const kept = 'baton.tour';

interface Step {
  says: keyof (typeof texts)['en'];
  path: string | undefined;
}

function stepsFor({ seesScorecard }: Me, some: { id: string; caseId: string } | undefined): readonly Step[] {
  const at = (path: string, id: string | undefined) => id && path + encodeURIComponent(id);
  return [
    { says: 'inbox', path: '/handoffs' },
    { says: some ? 'handoff' : 'handoff.none', path: at('/handoffs/', some?.id) },
    { says: 'record', path: at('/cases/', some?.caseId) ?? '/cases' },
    { says: 'processes', path: '/processes' },
    seesScorecard ? { says: 'scorecard', path: '/scorecard' } : { says: 'requests', path: '/requests' },
  ];
}

/** Five steps through the console, for who is here for the first time; once skipped or walked it does not come again. */
export function Tour({ me }: { me: Me }) {
  const [isOver, setOver] = useState(() => localStorage.getItem(kept) !== null);
  const end = () => {
    localStorage.setItem(kept, 'over');
    setOver(true);
    document.querySelector('main')?.focus();
  };
  return isOver ? null : <Steps me={me} onEnd={end} />;
}

function Steps({ me, onEnd }: { me: Me; onEnd(): void }) {
  const say = useTexts(texts);
  const [, go] = useLocation();
  const [n, setN] = useState(0);
  const steps = stepsFor(me, useSomeHandoff(true));
  const { says } = steps[n]!;
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), [n]);
  const to = (next: number) => {
    const { path } = steps[next]!;
    setN(next);
    if (path) go(path);
  };
  const isLast = n === steps.length - 1;
  const pressed = (event: KeyboardEvent) => event.key === 'Escape' && onEnd();
  return (
    <Paper
      {...{ withBorder: true, shadow: 'md', p: 'md', role: 'dialog', 'aria-label': say('title'), onKeyDown: pressed }}
      style={{ position: 'fixed', bottom: 16, right: 16, width: 'min(380px, calc(100vw - 32px))', zIndex: 300 }}
    >
      <Stack gap="sm">
        <Text ref={heading} tabIndex={-1} size="sm" c="dimmed" style={{ outline: 'none' }}>
          {say('title')} · {say('step', { n: n + 1, of: steps.length })}
        </Text>
        <Text role="status">{say(says)}</Text>
        <Group gap="xs" justify="space-between">
          <Group gap="xs">
            <Button size="sm" onClick={() => (isLast ? onEnd() : to(n + 1))}>
              {say(isLast ? 'done' : 'next')}
            </Button>
            {n > 0 && (
              <Button size="sm" variant="default" onClick={() => to(n - 1)}>
                {say('back')}
              </Button>
            )}
          </Group>
          {!isLast && (
            <Button size="sm" variant="subtle" color="gray" onClick={onEnd}>
              {say('skip')}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
