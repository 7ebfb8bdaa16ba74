import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ApiProblem } from '../api/client.ts';
import { type Case, useCancel, useReverse, useWrites, type Write } from '../api/cases.ts';
import { useDeclared } from '../api/declared.ts';
import { useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { DialogFrame } from '../shared/dialog-frame.tsx';
import { send } from '../shared/send.ts';
import { Shown } from '../shared/states.tsx';
import { useKept, useKeptDisclosure } from '../shared/use-kept.ts';
import { useWhyNoAnswer } from '../shared/why.ts';
import { addressOfCase } from './addresses.ts';
import { Notice } from '../shared/notice.tsx';
import { texts } from './texts.ts';
import { WritesToTakeBack } from './writes.tsx';

/** Cancels an open case or reverses a closed one, for those who may. */
export function TakeBack({ of: one }: { of: Case }) {
  const may = useMay(one);
  if (one.status === 'open') return may.cancel && one.stage !== 'compensating' ? <Cancel of={one} /> : null;
  return may.reverse ? <Reverse of={one} /> : null;
}

/** How many writes one reversal takes back. */
const atOnce = 100;

/** As the API has it: the requester, administrators and whoever a handoff is escalated to cancel; administrators and the owners reverse. */
function useMay({ process, requester }: Case): { cancel: boolean; reverse: boolean } {
  const { data: me } = useMe();
  const { data: declared } = useDeclared(process);
  if (!me || !declared) return { cancel: false, reverse: false };
  const isAdmin = me.roles.includes('admin');
  const escalated = Object.values(declared.handoffs).some((one) => one && me.queues.includes(one.escalateTo));
  return {
    cancel: isAdmin || requester === me.person || escalated,
    reverse: isAdmin || me.queues.includes(declared.owner) || me.roles.includes(declared.owner),
  };
}

function Cancel({ of: { caseId, process } }: { of: Case }) {
  const say = useTexts(texts);
  const cancel = useCancel(caseId);
  if (cancel.isSuccess)
    return (
      <Text role="status" size="sm">
        {say('cancel.asked')}
      </Text>
    );
  return (
    <Asking
      {...{ caseId, process, what: say('cancel.what'), title: say('cancel'), does: say('cancel.do') }}
      mutation={cancel}
      body={(because) => (because === '' ? {} : { because })}
    />
  );
}

function Reverse({ of: { caseId, process } }: { of: Case }) {
  const say = useTexts(texts);
  const words = useWords();
  const reverse = useReverse(caseId);
  const { data: declared } = useDeclared(process);
  const [, go] = useLocation();
  const what = say('reverse.what', { queue: words.shared('queues', declared?.owner ?? '') });
  return (
    <Asking
      {...{ caseId, process, what, title: say('reverse'), does: say('reverse.do'), reverses: true }}
      mutation={reverse}
      body={(because, writes) => ({ because, actions: writes.map(({ key }) => key) })}
      then={(opened) => go(addressOfCase(opened.caseId))}
    />
  );
}

interface AskingProps<B, A> {
  caseId: string;
  process: string;
  title: string;
  what: string;
  does: string;
  /** A reversal: it needs a reason, and something to take back. */
  reverses?: boolean;
  mutation: {
    mutateAsync(body: B, then?: { onSuccess?(answer: A): void }): Promise<A>;
    isPending: boolean;
    error: unknown;
    reset(): void;
  };
  body(because: string, writes: readonly Write[]): B;
  then?(answer: A): void;
}

/** What would be taken back, before the click; and why. */
function Asking<B, A>({
  caseId,
  process,
  title,
  what,
  does,
  reverses = false,
  mutation,
  body,
  then,
}: AskingProps<B, A>) {
  const say = useTexts(texts);
  const name = `${reverses ? 'reverse' : 'cancel'}.${caseId}`;
  const { opened, open, close } = useKeptDisclosure(name);
  const { value: because, setValue: setBecause, forget } = useKept(name, () => '');
  const [tried, setTried] = useState(false);
  const writes = useWrites(caseId, opened);
  const shown = (writes.data ?? []).slice(0, reverses ? atOnce : undefined);
  const takesNothing = reverses && !shown.some(({ keptBecause }) => keptBecause === null);
  const lacksReason = reverses && because.trim() === '';
  const confirm = () => {
    setTried(true);
    if (lacksReason) return;
    send(mutation, body(because.trim(), shown), forget, {
      onSuccess: (answer) => {
        close();
        then?.(answer);
      },
    });
  };
  const begin = () => {
    mutation.reset();
    setTried(false);
    open();
  };
  return (
    <>
      <Button variant="outline" color="red" c="var(--mantine-color-error)" onClick={begin}>
        {title}
      </Button>
      {opened && (
        <DialogFrame title={title} onClose={close}>
          <Text>{what}</Text>
          <Shown of={writes}>
            {(standing) => (
              <>
                <WritesToTakeBack writes={shown} scope={{ process, caseId }} />
                {standing.length > shown.length && <Text>{say('take-back.rest', { most: atOnce })}</Text>}
              </>
            )}
          </Shown>
          <Textarea
            label={say('because')}
            description={say('because.what')}
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value)}
            error={tried && lacksReason ? say('because.missing') : undefined}
            required={reverses}
            maxLength={2_000}
            autosize
            minRows={2}
            data-autofocus
          />
          <Refusal error={mutation.error} />
          <Group
            justify="flex-end"
            gap="sm"
            py="sm"
            style={{ position: 'sticky', bottom: 0, background: 'var(--mantine-color-body)' }}
          >
            <Button variant="default" onClick={close}>
              {say('back')}
            </Button>
            <Button
              variant="outline"
              color="red"
              c="var(--mantine-color-error)"
              onClick={confirm}
              loading={mutation.isPending}
              disabled={!writes.isSuccess || takesNothing}
            >
              {does}
            </Button>
          </Group>
        </DialogFrame>
      )}
    </>
  );
}

function Refusal({ error }: { error: unknown }) {
  const words = useWords();
  const noAnswer = useWhyNoAnswer()(error);
  if (!error) return null;
  if (noAnswer) return <Notice color="red" role="alert" title={noAnswer} />;
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Notice color="red" role="alert" title={problem ? words.shared('errors', problem.code) : ''}>
      {problem?.message}
      {problem?.errors.map(({ field, message }) => (
        <Text size="sm" key={field} style={{ overflowWrap: 'anywhere' }}>
          {field}: {message}
        </Text>
      ))}
    </Notice>
  );
}
