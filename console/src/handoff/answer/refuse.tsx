import { Text } from '@mantine/core';
import { useChange } from '../../api/handoff.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { send } from '../../shared/send.ts';
import { texts } from '../answer-texts.ts';
import { useAround } from '../around.tsx';
import { useVersionRead } from '../refusal.tsx';
import { useNext } from '../writes.tsx';
import type { AnswerProps } from './answers.ts';
import { AskedAgain } from './asked-again.tsx';
import { Dialog } from './dialog.tsx';
import { useReason } from './use-reason.tsx';

/** Says no. */
export function Reject({ because, setBecause, onClose, onSent, onDone }: AnswerProps) {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const next = useNext();
  const decide = useChange(handoff.id, 'decision');
  const version = useVersionRead('decision', decide.error);
  const needed = (handoff.contract.reasonFor ?? []).includes('rejected');
  const reason = useReason({ because, setBecause }, needed, decide.error);
  const confirm = () => {
    if (reason.isGiven()) send(decide, { verdict: 'rejected', because, version }, onSent, { onSuccess: onDone });
  };
  return (
    <Dialog
      {...{ title: say('reject.title'), confirm: say('reject.confirm'), ends: true, focused: !needed }}
      {...{ busy: decide.isPending }}
      {...{ error: decide.error, shown: ['/because'], onClose, onConfirm: confirm }}
    >
      <AskedAgain answer="no" />
      <Text size="sm">{next('no')}</Text>
      {reason.field}
    </Dialog>
  );
}

/** Sends it back for rework, which always needs a reason. */
export function SendBack({ because, setBecause, onClose, onSent, onDone }: AnswerProps) {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const sendBack = useChange(handoff.id, 'return');
  const version = useVersionRead('return', sendBack.error);
  const reason = useReason({ because, setBecause }, true, sendBack.error);
  const confirm = () => {
    if (reason.isGiven()) send(sendBack, { because, version }, onSent, { onSuccess: onDone });
  };
  return (
    <Dialog
      {...{ title: say('return.title'), confirm: say('return.confirm'), busy: sendBack.isPending }}
      {...{ error: sendBack.error, shown: ['/because'], onClose, onConfirm: confirm }}
    >
      <WhatThen />
      {reason.field}
    </Dialog>
  );
}

/** To whom it goes, or what comes of sending it back once more. */
function WhatThen() {
  const say = useTexts(texts);
  const words = useWords();
  const next = useNext();
  const { handoff } = useAround();
  const { rework, contract } = handoff;
  if (!rework) return <Text size="sm">{next('back')}</Text>;
  const { times, atMost, to, then } = rework;
  const queue = words.shared('queues', contract.escalateTo);
  if (times >= atMost) return <Text size="sm">{say(`return.last.${then}`, { queue })}</Text>;
  const whom = to === 'requester' ? say('ask.requester') : words.shared('queues', to ?? '');
  return (
    <Text size="sm">
      {to === null ? next('back') : say('return.to', { to: whom })} {say('return.times', { times, atMost })}
    </Text>
  );
}
