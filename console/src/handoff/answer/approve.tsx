import { Alert, Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import type { FieldsOf } from '../../shared/schema.ts';
import { send } from '../../shared/send.ts';
import { texts } from '../answer-texts.ts';
import { termsOf, useAround } from '../around.tsx';
import { useVersionRead } from '../refusal.tsx';
import { TermsAre } from '../terms.tsx';
import { writesOf } from '../writes.tsx';
import { useChange } from '../../api/handoff.ts';
import { AskedAgain } from './asked-again.tsx';
import { Dialog } from './dialog.tsx';
import type { AnswerProps } from './answers.ts';
import { useReason } from './use-reason.tsx';

interface Props extends AnswerProps {
  changes: FieldsOf;
  /** What is wrong with the changes stands beside them. */
  onRefused(error: Error): void;
}

/** Shows the very terms that are approved, with one's changes, and asks once more. */
export function Approve({ because, setBecause, changes, onClose, onSent, onDone, onRefused }: Props) {
  const say = useTexts(texts);
  const around = useAround();
  const { handoff } = around;
  const decide = useChange(handoff.id, 'decision');
  const version = useVersionRead('decision', decide.error);
  const amended = Object.keys(changes).length > 0;
  const { reasonFor = [] } = handoff.contract;
  const needed = reasonFor.includes('approved') || (amended && reasonFor.includes('amended'));
  const reason = useReason({ because, setBecause }, needed, decide.error);
  const terms = { ...termsOf(handoff), ...changes };
  const kind = handoff.on === null ? 'approve.takeover' : amended ? 'approve.amended' : 'approve';
  const confirm = () => {
    if (!reason.isGiven()) return;
    const body = {
      verdict: 'approved' as const,
      version,
      because,
      ...(amended ? { amend: changes } : {}),
    };
    send(decide, body, onSent, { onSuccess: onDone, onError: onRefused });
  };
  return (
    <Dialog
      title={say(`${kind}.title`)}
      confirm={say(kind === 'approve.takeover' ? 'approve.takeover.confirm' : 'approve.confirm')}
      focused={!needed}
      busy={decide.isPending}
      error={decide.error}
      shown={['/because']}
      onClose={onClose}
      onConfirm={confirm}
    >
      <AskedAgain answer="yes" changes={changes} />
      {handoff.on !== null && (
        <>
          <Text size="sm">{say('approve.exactly')}</Text>
          <TermsAre of={terms} />
          <Cautions changes={changes} terms={terms} />
        </>
      )}
      {reason.field}
    </Dialog>
  );
}

/** What somebody should know who is about to approve. */
function Cautions({ changes, terms }: { changes: FieldsOf; terms: FieldsOf }) {
  const say = useTexts(texts);
  const words = useWords();
  const around = useAround();
  const { process, approvals } = around.handoff;
  const changed = Object.keys(changes).map((name) => words.of(process, 'fields', name));
  const final = writesOf(around, terms).filter(({ irreversible }) => irreversible !== undefined);
  const { needed, given } = approvals;
  return (
    <>
      {changed.length > 0 && <Text size="sm">{say('approve.changed', { fields: changed.join(', ') })}</Text>}
      {final.length > 0 && (
        <Alert color="red" variant="light">
          <Text size="sm">
            {say('approve.final', { what: final.map(({ name }) => words.of(process, 'actions', name)).join(', ') })}
          </Text>
        </Alert>
      )}
      {needed > 1 && <Text size="sm">{say('approve.counts', { needed, given: given.length })}</Text>}
      {given.length > 0 && changed.length > 0 && <Text size="sm">{say('approve.again')}</Text>}
    </>
  );
}
