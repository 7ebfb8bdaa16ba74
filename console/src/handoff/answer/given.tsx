import type { FieldsOf } from '../../shared/schema.ts';
import type { Answer, AnswerProps } from './answers.ts';
import { Approve } from './approve.tsx';
import { Ask } from './ask.tsx';
import { Assign } from './assign.tsx';
import { Comment } from './comment.tsx';
import { type Keys, KeysHelp } from './keys.tsx';
import { Reject, SendBack } from './refuse.tsx';

interface Props extends AnswerProps {
  answer: Answer | undefined;
  changes: FieldsOf;
  keys: Keys;
  onRefused(error: Error): void;
}

/** The dialog of the answer that somebody is about to give. */
export function Given({ answer, changes, keys, onRefused, ...props }: Props) {
  if (answer === 'approve') return <Approve {...props} {...{ changes, onRefused }} />;
  if (answer === 'reject') return <Reject {...props} />;
  if (answer === 'return') return <SendBack {...props} />;
  if (answer === 'ask') return <Ask onClose={props.onClose} />;
  if (answer === 'assign') return <Assign onClose={props.onClose} />;
  if (answer === 'comment') return <Comment onClose={props.onClose} />;
  return answer === 'help' ? <KeysHelp keys={keys} onClose={props.onClose} /> : null;
}
