import { Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useChange } from '../api/handoff.ts';
import { useTexts } from '../language/language.tsx';
import { fieldOf, type FieldsOf } from '../shared/schema.ts';
import { useKept, useKeptChoice } from '../shared/use-kept.ts';
import { toFirstWrong } from '../shared/first-wrong.ts';
import { useShortcuts } from '../shared/use-shortcuts.ts';
import { Amend, hasUnread } from './amend/amend.tsx';
import { texts as amendTexts } from './amend/texts.ts';
import type { Answer } from './answer/answers.ts';
import { Bar } from './answer/bar.tsx';
import { Given } from './answer/given.tsx';
import type { Keys } from './answer/keys.tsx';
import { termsOf, termsSchema, useAround } from './around.tsx';
import { errorAt, Refusal } from './refusal.tsx';
import { Rework } from './rework.tsx';
import { Task } from './task.tsx';

/** What stands in the page where something is typed. */
export interface Editing {
  terms: ReactNode;
  form: ReactNode;
}

/** Everything one can answer, with what one has typed, which outlives a dialog that is closed. */
export function Answering({ children }: { children(editing: Editing): ReactNode }) {
  const around = useAround();
  const { handoff, brief } = around;
  const { opened: answer, open: setAnswer, close } = useKeptChoice<Answer>(`answer.${handoff.id}`);
  const { value: changes, setValue: setChanges, ...kept } = useKept<FieldsOf>(`changes.${handoff.id}`, () => ({}));
  const [amending, setAmending] = useState(Object.keys(changes).length > 0);
  const [unread, setUnread] = useState(false);
  const reason = useKept(`because.${handoff.id}`, () => '');
  const [refused, setRefused] = useState<Error>();
  const isOpen = handoff.state === 'open';
  const mayAnswer = isOpen && !brief.may.answer;
  const decides = mayAnswer && handoff.kind === 'decision';
  const unwritten = useUnwritten(changes);

  const amend = (next: boolean) => {
    setAmending(next);
    setUnread(false);
    if (!next) kept.forget();
  };
  /** What is wrong with the changes is said beside them. */
  const refuse = (error: Error) => {
    if (!errorAt(error, '/amend')) return;
    close();
    setAmending(true);
    setRefused(error);
  };
  const give = (next: Answer) => {
    const isUnready = next === 'approve' && (hasUnread(changes) || unwritten.length > 0);
    if (isUnready) setAmending(true);
    setUnread(isUnready);
    if (isUnready) toFirstWrong();
    setRefused(undefined);
    if (!isUnready) setAnswer(next);
  };
  const keys = useOwnKeys({ decides, mayAnswer, amend: () => amend(true), give });
  useShortcuts(isOpen ? Object.fromEntries(keys.map(({ key, does }) => [key, does])) : {});

  const editor = amending && decides && <Editor {...{ changes, setChanges, unread, unwritten, refused }} />;
  const form = mayAnswer && (handoff.kind === 'task' ? <Task /> : handoff.kind === 'rework' ? <Rework /> : null);
  return (
    <>
      {children({ terms: editor || undefined, form })}
      {isOpen && <Bar {...{ amending, changed: Object.keys(changes).length > 0, onAmend: amend, onAnswer: give }} />}
      <Given
        {...{
          answer: isOpen || answer === 'help' ? answer : undefined,
          changes,
          keys,
          because: reason.value,
          setBecause: reason.setValue,
        }}
        onClose={close}
        onRefused={refuse}
        onSent={() => {
          kept.forget();
          reason.forget();
        }}
        onDone={() => {
          close();
          setAmending(false);
        }}
      />
    </>
  );
}

/** Terms whose draft is hidden, and which whoever approves must write: those that nobody wrote yet. */
function useUnwritten(changes: FieldsOf): string[] {
  const around = useAround();
  const { handoff } = around;
  const schema = termsSchema(around);
  return handoff.hidden.filter(
    (field) => handoff.mayAmend.includes(field) && fieldOf(schema, field) !== undefined && !(field in changes),
  );
}

function useOwnKeys({
  decides,
  mayAnswer,
  amend,
  give,
}: {
  decides: boolean;
  mayAnswer: boolean;
  amend(): void;
  give(answer: Answer): void;
}): Keys {
  const { handoff, brief, person } = useAround();
  const claim = useChange(handoff.id, 'claim');
  const { kind, mayAmend, claimedBy, version } = handoff;
  return [
    ...(decides && !brief.may.approve ? [{ key: 'a', name: 'approve', does: () => give('approve') } as const] : []),
    ...(decides ? [{ key: 'r', name: 'reject', does: () => give('reject') } as const] : []),
    ...(decides && mayAmend.length > 0 ? [{ key: 'e', name: 'amend', does: amend } as const] : []),
    ...(mayAnswer && kind !== 'rework' ? [{ key: 'q', name: 'ask', does: () => give('ask') } as const] : []),
    ...(mayAnswer && claimedBy !== person
      ? [{ key: 'c', name: 'claim', does: () => claim.mutate({ version }) } as const]
      : []),
    { key: '?', name: 'help', does: () => give('help') },
  ];
}

function Editor({
  changes,
  setChanges,
  unread,
  unwritten,
  refused,
}: {
  changes: FieldsOf;
  setChanges(changes: FieldsOf): void;
  unread: boolean;
  unwritten: string[];
  refused: Error | undefined;
}) {
  const say = useTexts(amendTexts);
  const around = useAround();
  const { handoff } = around;
  const errorOf = (at: string) =>
    unread && unwritten.some((field) => at === `/amend/${field}`) ? say('write') : errorAt(refused, at);
  return (
    <Stack gap="sm">
      {unread && (
        <Text size="sm" role="alert">
          {say('wrong.first')}
        </Text>
      )}
      <Refusal error={refused} shown={['/amend']} />
      <Amend
        {...{ fields: handoff.mayAmend, before: termsOf(handoff), schema: termsSchema(around), changes }}
        {...{ onChange: setChanges, errorAt: errorOf, at: '/amend' }}
      />
    </Stack>
  );
}
