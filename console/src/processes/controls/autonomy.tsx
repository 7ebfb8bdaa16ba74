import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { type Level, useAutonomy, useSetAutonomy } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { send } from '../../shared/send.ts';
import { Shown } from '../../shared/states.tsx';
import { Tag } from '../../shared/tag.tsx';
import { useKeptDisclosure } from '../../shared/use-kept.ts';
import type { Part } from '../process-page.tsx';
import type { May } from './controls.tsx';
import { History } from './history.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { texts } from './texts.ts';

/** From what people do least to what they do most. */
const levels: readonly Level[] = ['straight-through', 'assist', 'observe'];

/** How far the process goes by itself; what each level means; for who may, the way to another. */
export function AutonomyPart({ process, contracts, may }: Part & { may: May }) {
  const say = useTexts(texts);
  const autonomy = useAutonomy(process);
  const [done, setDone] = useState('');
  return (
    <Stack gap="md" component="section" aria-label={say('autonomy')}>
      <Title order={2}>{say('autonomy')}</Title>
      <Text size="sm" maw="72ch">
        {say('autonomy.why')}
      </Text>
      <Text size="sm" role="status">
        {done}
      </Text>
      <Shown of={autonomy}>
        {({ level, supervisedBy, changes }) => (
          <Stack gap="md">
            {levels.map((one) => (
              <LevelCard
                key={one}
                {...{ process, level: one, supervisedBy, owner: contracts.owner, setDone }}
                now={one === level}
                may={may.process}
              />
            ))}
            <History
              changes={changes.map(({ was, level: to, by, because, at }) => ({
                ...{ by, because, at, what: say('level-changed', { was: say(was), level: say(to) }) },
              }))}
            />
          </Stack>
        )}
      </Shown>
    </Stack>
  );
}

interface Props {
  process: string;
  owner: string;
  level: Level;
  supervisedBy: string;
  now: boolean;
  may: boolean;
  setDone(said: string): void;
}

function LevelCard({ process, owner, level, supervisedBy, now, may, setDone }: Props) {
  const say = useTexts(texts);
  const words = useWords();
  const about = `level.${process}.${level}`;
  const asking = useKeptDisclosure(about);
  const set = useSetAutonomy(process);
  const close = () => {
    set.reset();
    asking.close();
  };
  const change = (because: string, sent: () => void) =>
    send(set, { level, because }, sent, {
      onSuccess: () => {
        setDone(say('level.done', { level: say(level) }));
        close();
      },
    });
  const means = say(`means.${level}`, { queue: words.shared('queues', supervisedBy) });
  return (
    <Card withBorder padding="sm" component="section" aria-label={say(level)} aria-current={now || undefined}>
      <Group justify="space-between" gap="sm">
        <Stack gap={4} style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{say(level)}</Text>
            {now && <Tag tone="accent">{say('now')}</Tag>}
          </Group>
          <Text size="sm" maw="72ch">
            {means}
          </Text>
        </Stack>
        {may && !now && (
          <Button variant="default" onClick={asking.open} aria-label={`${say('choose')}: ${say(level)}`}>
            {say('choose')}
          </Button>
        )}
      </Group>
      {asking.opened && (
        <ReasonDialog
          {...{ about, title: say('level.title', { level: say(level) }), says: means, does: say('choose') }}
          refusal={say('refused.role', { owner: words.shared('queues', owner) })}
          {...{ pending: set.isPending, error: set.error, change, close }}
        />
      )}
    </Card>
  );
}
