import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Calendar, usePublishCalendar } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { Because } from './because.tsx';
import { ChangeForm } from './change-form.tsx';
import { texts } from './texts.ts';

/** Publishes the next version of a calendar, with one more day off. */
export function AddDay({ calendar, onClose }: { calendar: Calendar; onClose(): void }) {
  const say = useTexts(texts);
  const publish = usePublishCalendar(calendar.name);
  const [day, setDay] = useState('');
  const [name, setName] = useState('');
  const [because, setBecause] = useState('');
  const { owner, zone, hours, holidays, halfDays, endsOn, version } = calendar;
  const save = () =>
    publish.mutate(
      {
        ...{ owner, zone, hours, halfDays, endsOn, because: because.trim(), basedOn: version },
        holidays: { ...holidays, [day]: name.trim() },
      },
      { onSuccess: onClose },
    );
  return (
    <ChangeForm
      title={say('add-day')}
      error={publish.error}
      pending={publish.isPending}
      disabled={day === '' || name.trim() === '' || because.trim() === ''}
      onClose={onClose}
      onSave={save}
    >
      <TextInput
        type="date"
        label={say('add-day.day')}
        value={day}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label={say('add-day.name')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        required
        maxLength={200}
      />
      <Because value={because} onChange={setBecause} />
    </ChangeForm>
  );
}
