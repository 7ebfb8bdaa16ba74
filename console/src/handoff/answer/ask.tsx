import { Checkbox, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Changing, useChange } from '../../api/handoff.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { send } from '../../shared/send.ts';
import { useKept } from '../../shared/use-kept.ts';
import { texts } from '../answer-texts.ts';
import { packetOf, termsOf, useAround } from '../around.tsx';
import { errorAt, useVersionRead } from '../refusal.tsx';
import { Dialog } from './dialog.tsx';

/** Asks somebody before deciding; they see the question, and what is ticked. */
export function Ask({ onClose }: { onClose(): void }) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, brief } = useAround();
  const kept = useKept(`question.${handoff.id}`, () => ({
    ...{ to: brief.asks.to[0] ?? 'requester', question: '', show: [] as string[] },
  }));
  const { to, question, show } = kept.value;
  const type = (some: Partial<typeof kept.value>) => kept.setValue((before) => ({ ...before, ...some }));
  const [tried, setTried] = useState(false);
  const ask = useChange(handoff.id, 'questions');
  const version = useVersionRead('questions', ask.error);
  const lacks = question.trim() === '';
  const [, count, unit] = /^(\d+) (.*)$/.exec(brief.asks.within) as unknown as [string, string, 'days'];
  const confirm = () => {
    setTried(true);
    if (lacks) return;
    const body = { to, question, show: show as NonNullable<Changing<'questions'>['show']>, version };
    send(ask, body, kept.forget, { onSuccess: onClose });
  };
  const whom = brief.asks.to.map((one) => ({
    value: one,
    label: one === 'requester' ? say('ask.requester') : words.shared('queues', one),
  }));
  return (
    <Dialog
      {...{ title: say('ask.title'), confirm: say('ask.confirm'), busy: ask.isPending }}
      {...{ error: ask.error, shown: ['/to', '/question'], onClose, onConfirm: confirm }}
    >
      <NativeSelect
        label={say('ask.to')}
        data={whom}
        value={to}
        error={errorAt(ask.error, '/to')}
        onChange={(event) => type({ to: event.currentTarget.value })}
      />
      <Textarea
        label={say('ask.question')}
        withAsterisk
        autosize
        minRows={3}
        maxLength={2_000}
        data-autofocus
        value={question}
        error={tried && lacks ? say('needed') : errorAt(ask.error, '/question')}
        onChange={(event) => type({ question: event.currentTarget.value })}
      />
      <Shows show={show} onChange={(next) => type({ show: next })} />
      <Text size="sm" c="dimmed">
        {say('ask.within', { within: say(`unit.${unit}`, { count: Number(count) }) })}
      </Text>
    </Dialog>
  );
}

/** Parts of the packet and of the terms, by their JSON pointers. */
function Shows({ show, onChange }: { show: string[]; onChange(show: string[]): void }) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff } = useAround();
  const pointers = [
    ...Object.keys(termsOf(handoff)).map((name) => [`/terms/${name}`, name] as const),
    ...Object.keys(packetOf(handoff)).map((name) => [`/packet/${name}`, name] as const),
  ].filter(([, name], index, all) => all.findIndex(([, other]) => other === name) === index);
  return (
    <Checkbox.Group label={say('ask.show')} value={show} onChange={onChange}>
      <Stack gap={6} mt={4} mah={160} style={{ overflowY: 'auto' }} tabIndex={0}>
        {pointers.map(([pointer, name]) => (
          <Checkbox key={pointer} value={pointer} label={words.of(handoff.process, 'fields', name)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
