import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTexts } from '../../language/language.tsx';
import { toFirstWrong } from '../../shared/first-wrong.ts';
import { DialogFrame } from '../../shared/dialog-frame.tsx';
import { texts } from '../answer-texts.ts';
import { Refusal } from '../refusal.tsx';
import classes from './bar.module.css';

interface Props {
  title: string;
  confirm: string;
  /** Red: it ends something. */
  ends?: boolean;
  /** The focus begins on what confirms, where nothing must be typed first. */
  focused?: boolean;
  busy: boolean;
  error: unknown;
  /** Fields whose errors stand beside them. */
  shown?: readonly string[];
  onClose(): void;
  onConfirm(): void;
  children: ReactNode;
}

/** One answer, asked for once more before it is given. The focus goes back to where it was. */
export function Dialog({ title, confirm, ends, focused, busy, error, shown, onClose, onConfirm, children }: Props) {
  const say = useTexts(texts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    onConfirm();
    toFirstWrong();
  };
  return (
    <DialogFrame title={title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          <Refusal error={error} {...(shown ? { shown } : {})} />
          <Group justify="flex-end" gap="sm" className={classes['foot']}>
            <Button variant="default" onClick={onClose}>
              {say('cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              {...(focused ? { 'data-autofocus': true } : {})}
              {...(ends ? { variant: 'outline', color: 'red' } : {})}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogFrame>
  );
}
