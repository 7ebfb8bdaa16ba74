import { Button, Checkbox, Group, NativeSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Me } from '../api/me.ts';
import { type Notifications, useChooseNotifications, useNotifications } from '../api/settings.ts';
import { useTexts } from '../language/language.tsx';
import { Failed, Shown } from '../shared/states.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

type Moment = keyof Notifications['mail'];
type Way = Notifications['mail'][Moment];
const ways: readonly Way[] = ['at-once', 'digest', 'never'];
const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** Of what I learn by mail, when, and in which language and time zone. */
export function NotificationsPart({ me }: { me: Me }) {
  const say = useTexts(texts);
  const chosen = useNotifications();
  return (
    <Section title={say('notifications')}>
      {<Shown of={chosen}>{(found) => <Form me={me} found={found} />}</Shown>}
    </Section>
  );
}

function Form({ me, found }: { me: Me; found: Notifications }) {
  const say = useTexts(texts);
  const [wanted, setWanted] = useState(found);
  const choose = useChooseNotifications();
  const change = (part: Partial<Notifications>) => {
    choose.reset();
    setWanted((before) => ({ ...before, ...part }));
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate(wanted);
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <Text size="sm">
          {found.address ? say('notifications.to', { address: found.address }) : say('notifications.nowhere')}
        </Text>
        <Moments mail={wanted.mail} onChange={(mail) => change({ mail })} />
        <When wanted={wanted} change={change} />
        {me.leads.length > 0 && (
          <Checkbox
            label={say('queue-digest')}
            checked={wanted.queueDigest === 'hourly'}
            onChange={(event) => change({ queueDigest: event.currentTarget.checked ? 'hourly' : 'never' })}
          />
        )}
        {(me.owns.length > 0 || me.seesScorecard) && (
          <Checkbox
            label={say('weekly-report')}
            checked={wanted.weeklyReport === 'weekly'}
            onChange={(event) => change({ weeklyReport: event.currentTarget.checked ? 'weekly' : 'never' })}
          />
        )}
        {choose.isError && <Failed error={choose.error} />}
        <Group gap="sm">
          <Button type="submit" loading={choose.isPending}>
            {say('save')}
          </Button>
          <Text role="status">{choose.isSuccess ? say('saved') : ''}</Text>
        </Group>
      </Stack>
    </form>
  );
}

function Moments({ mail, onChange }: { mail: Notifications['mail']; onChange(mail: Notifications['mail']): void }) {
  const say = useTexts(texts);
  const data = ways.map((way) => ({ value: way, label: say(`way.${way}`) }));
  return (
    <SimpleGrid
      cols={{ base: 1, sm: 2 }}
      component="fieldset"
      style={{ border: 0, padding: 0, margin: 0, alignItems: 'end' }}
      aria-label={say('notifications.moments')}
    >
      {(Object.keys(mail) as Moment[]).map((moment) => (
        <NativeSelect
          key={moment}
          label={say(`moment.${moment}`)}
          data={data}
          value={mail[moment]}
          onChange={(event) => onChange({ ...mail, [moment]: event.currentTarget.value as Way })}
        />
      ))}
    </SimpleGrid>
  );
}

function When({ wanted, change }: { wanted: Notifications; change(part: Partial<Notifications>): void }) {
  const say = useTexts(texts);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
      <TextInput
        type="time"
        label={say('digest-at')}
        value={wanted.digestAt}
        required
        withAsterisk={false}
        onChange={(event) => change({ digestAt: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('language')}
        value={wanted.language}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        onChange={(event) => change({ language: event.currentTarget.value as Notifications['language'] })}
      />
      <Select
        label={say('time-zone')}
        value={wanted.timeZone}
        data={zones}
        searchable
        limit={50}
        allowDeselect={false}
        onChange={(timeZone) => timeZone && change({ timeZone })}
      />
    </SimpleGrid>
  );
}
