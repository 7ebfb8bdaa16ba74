import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSetSwitch } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { ReasonDialog, stopping } from './reason-dialog.tsx';
import { texts } from './texts.ts';

/** Stops a model of which no case of late says its name. */
export function StopModel() {
  const say = useTexts(texts);
  const [name, setName] = useState('');
  const [asking, setAsking] = useState(false);
  const set = useSetSwitch();
  const close = () => {
    set.reset();
    setAsking(false);
  };
  const change = (because: string) =>
    set.mutate(
      { scope: 'model', name: name.trim(), stopped: true, because },
      {
        onSuccess: () => {
          setName('');
          close();
        },
      },
    );
  const what = say('scope.model', { name: name.trim() });
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        {...{
          label: say('add-model'),
          description: say('add-model.why'),
          value: name,
          maxLength: 200,
          w: 320,
          maw: '100%',
        }}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button {...stopping} disabled={name.trim() === ''} onClick={() => setAsking(true)}>
        {say('stop-model')}
      </Button>
      {asking && (
        <ReasonDialog
          {...{ title: say('stop.title', { what }), says: say('stop.says'), does: say('stop') }}
          {...{
            refusal: say('refused.admin'),
            destructive: true,
            pending: set.isPending,
            error: set.error,
            change,
            close,
          }}
        />
      )}
    </Group>
  );
}
