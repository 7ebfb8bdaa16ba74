import { TextInput } from '@mantine/core';
import { type Calendar, usePublishCalendar } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { send } from '../shared/send.ts';
import { useKept } from '../shared/use-kept.ts';
import { Because } from './because.tsx';
import { ChangeForm } from './change-form.tsx';
import { texts } from './texts.ts';

/** Publishes the next version of a calendar, with one more day off. */
export function AddDay({ calendar, onClose }: { calendar: Calendar; onClose(): void }) {
  const say = useTexts(texts);
  const publish = usePublishCalendar(calendar.name);
  const kept = useKept(`add-day.${calendar.name}`, () => ({ day: '', name: '', because: '' }));
  const { day, name, because } = kept.value;
  const type = (some: Partial<typeof kept.value>) => kept.setValue((before) => ({ ...before, ...some }));
  const { owner, zone, hours, holidays, halfDays, endsOn, version } = calendar;
  const save = () =>
    send(
      publish,
      {
        ...{ owner, zone, hours, halfDays, endsOn, because: because.trim(), basedOn: version },
        holidays: { ...holidays, [day]: name.trim() },
      },
      kept.forget,
      { onSuccess: onClose },
    );
  return (
    <ChangeForm
      title={say('add-day')}
      error={publish.error}
      pending={publish.isPending}
      disabled={day === '' || name.trim() === '' || because.trim() === ''}
      onClose={onClose}
      onCancel={() => {
        kept.forget();
        onClose();
      }}
      onSave={save}
    >
      <TextInput
        type="date"
        label={say('add-day.day')}
        value={day}
        onChange={({ currentTarget }) => type({ day: currentTarget.value })}
        required
        data-autofocus
      />
      <TextInput
        label={say('add-day.name')}
        value={name}
        onChange={({ currentTarget }) => type({ name: currentTarget.value })}
        required
        maxLength={200}
      />
      <Because value={because} onChange={(next) => type({ because: next })} />
    </ChangeForm>
  );
}
