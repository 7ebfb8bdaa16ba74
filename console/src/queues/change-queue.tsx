import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCalendars, useSetQueue, type WhoHasWhat } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { send } from '../shared/send.ts';
import { useKept, useKeptDisclosure } from '../shared/use-kept.ts';
import { Because } from './because.tsx';
import { ChangeForm } from './change-form.tsx';
import { texts } from './texts.ts';

/** An administrator says by which calendar a queue works, and who leads it. */
export function ChangeQueue({ of }: { of: WhoHasWhat }) {
  const say = useTexts(texts);
  const { opened, open, close } = useKeptDisclosure(`queue.${of.queue}`);
  const [saved, setSaved] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={open} style={{ alignSelf: 'flex-start' }}>
        {say('change.queue')}
      </Button>
      <Text size="sm" role="status">
        {saved && say('change.saved')}
      </Text>
      {opened && <QueueForm of={of} onClose={close} onSaved={() => setSaved(true)} />}
    </>
  );
}

function QueueForm({ of, onClose, onSaved }: { of: WhoHasWhat; onClose(): void; onSaved(): void }) {
  const say = useTexts(texts);
  const calendars = useCalendars().data ?? [];
  const set = useSetQueue(of.queue);
  const kept = useKept(`queue.${of.queue}`, () => ({
    ...{ calendar: of.calendar.name, leads: of.leads.join(', '), because: '' },
  }));
  const { calendar, leads, because } = kept.value;
  const type = (some: Partial<typeof kept.value>) => kept.setValue((before) => ({ ...before, ...some }));
  const names = leads
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const save = () =>
    send(set, { calendar, leads: names, because: because.trim() }, kept.forget, {
      onSuccess() {
        onSaved();
        onClose();
      },
    });
  return (
    <ChangeForm
      title={say('change.queue')}
      error={set.error}
      pending={set.isPending}
      disabled={because.trim() === ''}
      onClose={onClose}
      onCancel={() => {
        kept.forget();
        onClose();
      }}
      onSave={save}
    >
      <NativeSelect
        label={say('change.calendar')}
        value={calendar}
        onChange={({ currentTarget }) => type({ calendar: currentTarget.value })}
        data={[...new Set([of.calendar.name, ...calendars.map(({ name }) => name)])]}
        data-autofocus
      />
      <TextInput
        label={say('change.leads')}
        description={say('change.leads.hint')}
        value={leads}
        onChange={({ currentTarget }) => type({ leads: currentTarget.value })}
      />
      <Because value={because} onChange={(next) => type({ because: next })} />
    </ChangeForm>
  );
}
