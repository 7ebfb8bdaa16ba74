import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './texts.ts';

/** Processes whose inside one does not see: who answers for them, and how to ask for a case. */
export function OtherProcesses({ processes }: { processes: readonly { name: string; owner: string }[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { data: me } = useMe();
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {processes.map(({ name, owner }) => (
        <Stack key={name} gap={2} component="li">
          <Text fw={600}>{words.process(name)}</Text>
          <Group gap="sm">
            <Text size="sm" c="dimmed">
              {say('owned-by', { owner: words.shared('queues', owner) })}
            </Text>
            {me?.mayRequest.includes(name) && (
              <Anchor component={Link} href={`/requests/new/${encodeURIComponent(name)}`} size="sm">
                {say('ask')}
              </Anchor>
            )}
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}
