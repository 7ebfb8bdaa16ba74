import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Waiting } from '../api/processes.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { waitingPath } from './links.ts';
import { mostFirst } from './sums.ts';
import { texts } from './texts.ts';

const shown = 3;

/** What open cases wait for and where, what is late first; the rest stands on the process's own page. */
export function WaitsFor({ process, waiting }: { process: string; waiting: readonly Waiting[] }) {
  const say = useTexts(texts);
  if (waiting.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('nothing')}
      </Text>
    );
  const rest = waiting.length - shown;
  return (
    <Stack gap={2}>
      {mostFirst([...waiting])
        .slice(0, shown)
        .map((one) => (
          <Wait key={`${one.kind}/${one.name}/${one.owner}`} process={process} waiting={one} />
        ))}
      {rest > 0 && (
        <Text size="sm" c="dimmed">
          {say('more', { count: rest })}
        </Text>
      )}
    </Stack>
  );
}

function Wait({ process, waiting }: { process: string; waiting: Waiting }) {
  const { whose, what } = useWaiting(process);
  return (
    <Text size="sm">
      <Anchor component={Link} href={waitingPath(process, waiting)} size="sm" underline="always">
        {waiting.count} × {what(waiting)}
      </Anchor>{' '}
      <Text span size="sm" c="dimmed">
        {whose(waiting)}
      </Text>
    </Text>
  );
}

/** Handoffs that no process declares. */
const ofEveryProcess: ReadonlySet<string> = new Set(['supervision', 'repair']);

/** What is waited for, and whose turn it is, in words. */
export function useWaiting(process: string) {
  const say = useTexts(texts);
  const words = useWords();
  const kinds = { decision: 'handoffs', rework: 'handoffs', event: 'events', held: 'actions' } as const;
  return {
    what: ({ kind, name }: Pick<Waiting, 'kind' | 'name'>): string => {
      if (kind === 'task') return words.shared('tasks', name);
      return ofEveryProcess.has(name) ? words.shared('handoffs', name) : words.of(process, kinds[kind], name);
    },
    whose: ({ kind, owner }: Pick<Waiting, 'kind' | 'owner'>): string => {
      if (owner !== null) return words.shared('queues', owner);
      if (kind === 'event' || kind === 'held') return say(kind);
      return say('person');
    },
  };
}
