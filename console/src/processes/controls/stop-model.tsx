import { Button, Group, TextInput } from '@mantine/core';
import { useSetSwitch } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { send } from '../../shared/send.ts';
import { useKept, useKeptDisclosure } from '../../shared/use-kept.ts';
import { ReasonDialog, stopping } from './reason-dialog.tsx';
import { texts } from './texts.ts';

/** Stops a model of which no case of late says its name. */
export function StopModel() {
  const say = useTexts(texts);
  const { value: name, setValue: setName, forget } = useKept('stop-model', () => '');
  const asking = useKeptDisclosure('stop-model');
  const set = useSetSwitch();
  const close = () => {
    set.reset();
    asking.close();
  };
  const change = (because: string, sent: () => void) => {
    const done = () => {
      sent();
      forget();
    };
    send(set, { scope: 'model', name: name.trim(), stopped: true, because }, done, { onSuccess: close });
  };
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
      <Button {...stopping} disabled={name.trim() === ''} onClick={asking.open}>
        {say('stop-model')}
      </Button>
      {asking.opened && (
        <ReasonDialog
          {...{
            about: `stop.model.${name.trim()}`,
            title: say('stop.title', { what }),
            says: say('stop.says'),
            does: say('stop'),
          }}
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
