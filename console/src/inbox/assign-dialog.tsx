import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Handoff, type Results, useAssignSeveral } from '../api/handoffs.ts';
import { useQueue } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { DialogFrame } from '../shared/dialog-frame.tsx';
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
  const assign = useAssignSeveral();
  const [to, setTo] = useState('');
  const [because, setBecause] = useState('');
  const queue = handoffs[0]?.owner ?? '';
  const { load = [] } = useQueue(queue, queue !== '').data ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = ({ results }: { results: Results }) => {
      onDone(results);
      onClose();
    };
    assign.mutate({ ids: handoffs.map(({ id }) => id), to: to.trim(), because: because.trim() }, { onSuccess });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={say('assign.to')}
          description={say('assign.to.hint')}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
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
          onChange={({ currentTarget }) => setBecause(currentTarget.value)}
          required
          maxLength={2_000}
          autosize
          minRows={2}
        />
        {assign.error && <Alert role="alert">{say('assign.failed', { why: assign.error.message })}</Alert>}
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
