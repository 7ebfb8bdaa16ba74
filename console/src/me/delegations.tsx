import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Me } from '../api/me.ts';
import { type Delegation, useDelegations, useEndDelegation } from '../api/settings.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Failed, Shown } from '../shared/states.tsx';
import { Tag } from '../shared/tag.tsx';
import { useKeptDisclosure } from '../shared/use-kept.ts';
import { dateTime } from '../shared/when.ts';
import { DelegateForm } from './delegate-form.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** Who stands in for me, and for whom I do. */
export function Delegations({ me }: { me: Me }) {
  const say = useTexts(texts);
  const delegations = useDelegations();
  const { opened, open, close } = useKeptDisclosure('delegation');
  const [told, setTold] = useState('');
  const made = () => {
    close();
    setTold(say('new.made'));
  };
  const actions = !opened && (
    <Button variant="default" size="sm" onClick={open}>
      {say('new.open')}
    </Button>
  );
  return (
    <Section title={say('delegations')} beside={actions}>
      <div>
        <Text size="sm" c="dimmed">
          {say('delegations.why')}
        </Text>
        <Text role="status" size="sm">
          {told}
        </Text>
      </div>
      {opened && <DelegateForm me={me} onMade={made} onCancel={close} />}
      <Shown of={delegations}>
        {(all) => (
          <Stack gap="sm">
            {all.length === 0 && <Text>{say('delegations.none')}</Text>}
            {all.map((one) => (
              <One key={one.id} of={one} person={me.person} onEnded={() => setTold(say('delegation.ended'))} />
            ))}
          </Stack>
        )}
      </Shown>
    </Section>
  );
}

type Stage = 'over' | 'coming' | 'running';
const stageOf = ({ from, to, endedAt }: Delegation, now = Date.now()): Stage =>
  endedAt !== null || Date.parse(to) <= now ? 'over' : Date.parse(from) > now ? 'coming' : 'running';

function One({ of, person, onEnded }: { of: Delegation; person: string; onEnded(): void }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const end = useEndDelegation();
  const { id, delegator, delegate, queues, from, to, endedAt, because } = of;
  const stage = stageOf(of);
  const whose = delegator === person ? 'to' : delegate === person ? 'by' : 'others';
  const title = say(`delegation.${whose}`, { whom: whose === 'to' ? delegate : delegator, delegate, delegator });
  const named = queues?.map((queue) => words.shared('queues', queue)).join(', ');
  return (
    <Card withBorder padding="sm" component="article" aria-label={title}>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text fw={600}>{title}</Text>
          <Tag tone={stage === 'running' ? 'accent' : 'neutral'}>{say(`delegation.${stage}`)}</Tag>
        </Group>
        <Text size="sm">
          {say('delegation.time', { from: dateTime(from, language), to: dateTime(endedAt ?? to, language) })}
        </Text>
        <Text size="sm">{named ? say('delegation.queues', { queues: named }) : say('delegation.all')}</Text>
        {because !== '' && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {because}
          </Text>
        )}
        {end.isError && <Failed error={end.error} />}
        {stage !== 'over' && (
          <Button
            variant="outline"
            color="red"
            size="xs"
            style={{ alignSelf: 'flex-start' }}
            loading={end.isPending}
            aria-label={`${say('delegation.end')}: ${title}`}
            onClick={() => end.mutate(id, { onSuccess: onEnded })}
          >
            {say('delegation.end')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
