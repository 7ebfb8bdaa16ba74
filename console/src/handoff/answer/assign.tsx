import { Autocomplete, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/handoff.ts';
import { useQueue } from '../../api/queues.ts';
import { useTexts } from '../../language/language.tsx';
import { send } from '../../shared/send.ts';
import { useKept } from '../../shared/use-kept.ts';
import { texts } from '../answer-texts.ts';
import { useAround } from '../around.tsx';
import { errorAt } from '../refusal.tsx';
import { Because } from './because.tsx';
import { Dialog } from './dialog.tsx';

/** Gives it to somebody, as the lead of its queue. */
export function Assign({ onClose }: { onClose(): void }) {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const { value: typed, setValue, forget } = useKept(`assign.${handoff.id}`, () => ({ to: '', because: '' }));
  const { to, because } = typed;
  const [tried, setTried] = useState(false);
  const assign = useChange(handoff.id, 'assignment');
  const colleagues = useQueue(handoff.owner);
  const members = (colleagues.data?.load ?? []).filter(({ member }) => member).map(({ person }) => person);
  const lacks = (text: string) => (tried && text.trim() === '' ? say('needed') : undefined);
  const confirm = () => {
    setTried(true);
    if (to.trim() === '' || because.trim() === '') return;
    send(assign, { to, because, version: handoff.version }, forget, { onSuccess: onClose });
  };
  return (
    <Dialog
      {...{ title: say('assign.title'), confirm: say('assign.confirm'), busy: assign.isPending }}
      {...{ error: assign.error, shown: ['/to', '/because'], onClose, onConfirm: confirm }}
    >
      <Text size="sm">{say('assign.what')}</Text>
      <Autocomplete
        label={say('assign.to')}
        withAsterisk
        data={[...new Set(members)]}
        data-autofocus
        value={to}
        error={lacks(to) ?? errorAt(assign.error, '/to')}
        onChange={(next) => setValue({ ...typed, to: next })}
      />
      <Because
        label={say('because')}
        value={because}
        needed
        error={lacks(because) ?? errorAt(assign.error, '/because')}
        onChange={(next) => setValue({ ...typed, because: next })}
      />
    </Dialog>
  );
}
