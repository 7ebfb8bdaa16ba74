import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { type Handoff, type Results, useAssignSeveral } from '../api/handoffs.ts';
import { useQueue } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { DialogFrame } from '../shared/dialog-frame.tsx';
import { send } from '../shared/send.ts';
import { useKept } from '../shared/use-kept.ts';
import { useWhy } from '../shared/why.ts';
import { texts } from './texts.ts';

interface AssignProps {
  onClose(): void;
  handoffs: readonly Handoff[];
  onDone(results: Results): void;
}

/** Gives all that is selected to somebody, for a reason. */
export function AssignDialog({ onClose, handoffs, onDone }: AssignProps) {
  const say = useTexts(texts);
  return (
    <DialogFrame size="md" title={say('assign.title', { count: handoffs.length })} onClose={onClose}>
      <AssignForm handoffs={handoffs} onClose={onClose} onDone={onDone} />
    </DialogFrame>
  );
}

function AssignForm({ handoffs, onClose, onDone }: AssignProps) {
  const say = useTexts(texts);
  const why = useWhy();
  const assign = useAssignSeveral();
  const queue = handoffs[0]?.owner ?? '';
  const { value: typed, setValue, forget } = useKept(`assign.${queue}`, () => ({ to: '', because: '' }));
  const { to, because } = typed;
  const { load = [] } = useQueue(queue, queue !== '').data ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = ({ results }: { results: Results }) => {
      onDone(results);
      onClose();
    };
    const body = { ids: handoffs.map(({ id }) => id), to: to.trim(), because: because.trim() };
    send(assign, body, forget, { onSuccess });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={say('assign.to')}
          description={say('assign.to.hint')}
          value={to}
          onChange={({ currentTarget }) => setValue({ ...typed, to: currentTarget.value })}
          list="inbox-people"
          autoComplete="off"
          required
          maxLength={200}
          data-autofocus
        />
        <datalist id="inbox-people">
          {load
            .filter(({ member }) => member)
            .map(({ person }) => (
              <option key={person} value={person} />
            ))}
        </datalist>
        <Textarea
          label={say('assign.because')}
          description={say('assign.because.hint')}
          value={because}
          onChange={({ currentTarget }) => setValue({ ...typed, because: currentTarget.value })}
          required
          maxLength={2_000}
          autosize
          minRows={2}
        />
        {assign.error && <Alert role="alert">{say('assign.failed', { why: why(assign.error) })}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={assign.isPending} disabled={to.trim() === '' || because.trim() === ''}>
            {say('assign.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
