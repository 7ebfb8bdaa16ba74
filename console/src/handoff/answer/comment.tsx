import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useComment } from '../../api/handoff.ts';
import { useTexts } from '../../language/language.tsx';
import { send } from '../../shared/send.ts';
import { useKept } from '../../shared/use-kept.ts';
import { texts } from '../answer-texts.ts';
import { useAround } from '../around.tsx';
import { errorAt } from '../refusal.tsx';
import { Dialog } from './dialog.tsx';

/** Another text is another remark: its key is its own. */
const remarkOf = (text: string) => ({ key: crypto.randomUUID() as string, text });

/** Remarks something; it decides nothing. */
export function Comment({ onClose }: { onClose(): void }) {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const kept = useKept(`comment.${handoff.id}`, () => remarkOf(''));
  const { text } = kept.value;
  const [tried, setTried] = useState(false);
  const comment = useComment(handoff.id);
  const lacks = text.trim() === '';
  const confirm = () => {
    setTried(true);
    if (!lacks) send(comment, kept.value, kept.forget, { onSuccess: onClose });
  };
  return (
    <Dialog
      {...{ title: say('comment.title'), confirm: say('comment.confirm'), busy: comment.isPending }}
      {...{ error: comment.error, shown: ['/text'], onClose, onConfirm: confirm }}
    >
      <Text size="sm">{say('comment.what')}</Text>
      <Textarea
        label={say('comment.text')}
        withAsterisk
        autosize
        minRows={2}
        maxLength={2_000}
        data-autofocus
        value={text}
        error={tried && lacks ? say('needed') : errorAt(comment.error, '/text')}
        onChange={(event) => kept.setValue(remarkOf(event.currentTarget.value))}
      />
    </Dialog>
  );
}
