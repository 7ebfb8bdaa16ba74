import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type SwitchOf, type Switches, useSetSwitch } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { send } from '../../shared/send.ts';
import { Tag } from '../../shared/tag.tsx';
import { useKeptDisclosure } from '../../shared/use-kept.ts';
import { dateTime } from '../../shared/when.ts';
import { ReasonDialog, stopping } from './reason-dialog.tsx';
import { useSwitchName } from './use-switch-name.ts';
import { texts } from './texts.ts';

interface Props {
  of: SwitchOf;
  owner: string;
  /** Undefined where it was never used. */
  now: Switches['switches'][number] | undefined;
  may: boolean;
}

/** One switch: whether it stops something, by whom and why; and for who may, the button to turn it. */
export function SwitchRow({ of, owner, now, may }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const name = useSwitchName()(of);
  const stopped = now?.stopped ?? false;
  return (
    <Card withBorder padding="sm" component="section" aria-label={name}>
      <Group justify="space-between" gap="sm">
        <Stack gap={4} style={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            <Tag tone={stopped ? 'bad' : 'good'}>{say(stopped ? 'stopped' : 'running')}</Tag>
          </Group>
          <Text size="sm" c="dimmed">
            {say(`what.${of.scope}`)}
          </Text>
          <Text size="sm">
            {now ? say('changed-by', { ...now, at: dateTime(now.at, language) } as never) : say('never')}
          </Text>
        </Stack>
        {may && <Turn {...{ of, owner, name, stopped }} />}
      </Group>
    </Card>
  );
}

function Turn({ of, owner, name, stopped }: { of: SwitchOf; owner: string; name: string; stopped: boolean }) {
  const say = useTexts(texts);
  const words = useWords();
  const [done, setDone] = useState('');
  const set = useSetSwitch();
  const verb = stopped ? 'lift' : 'stop';
  const about = `${verb}.${of.scope}.${of.name}`;
  const asking = useKeptDisclosure(about);
  const close = () => {
    set.reset();
    asking.close();
  };
  const change = (because: string, sent: () => void) =>
    send(set, { ...of, stopped: !stopped, because }, sent, {
      onSuccess: () => {
        setDone(say(`${verb}.done`, { what: name }));
        close();
      },
    });
  const refusal =
    of.scope === 'process' ? say('refused.role', { owner: words.shared('queues', owner) }) : say('refused.admin');
  return (
    <Group gap={done === '' ? 0 : 'sm'}>
      <Text size="sm" role="status">
        {done}
      </Text>
      <Button {...(stopped ? {} : stopping)} onClick={asking.open} aria-label={`${say(verb)}: ${name}`}>
        {say(verb)}
      </Button>
      {asking.opened && (
        <ReasonDialog
          {...{
            about,
            title: say(`${verb}.title`, { what: name }),
            says: say(`${verb}.says`),
            does: say(verb),
            refusal,
          }}
          {...{ destructive: !stopped, pending: set.isPending, error: set.error, change, close }}
        />
      )}
    </Group>
  );
}
