import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import { useTexts } from '../../language/language.tsx';
import { texts } from '../answer-texts.ts';
import { Refusal } from '../refusal.tsx';

interface Props {
  title: string;
  confirm: string;
  /** Red: it ends something. */
  ends?: boolean;
  busy: boolean;
  error: unknown;
  /** Fields whose errors stand beside them. */
  shown?: readonly string[];
  onClose(): void;
  onConfirm(): void;
  children: ReactNode;
}

/** One answer, asked for once more before it is given. The focus goes back to where it was. */
export function Dialog({ title, confirm, ends, busy, error, shown, onClose, onConfirm, children }: Props) {
  const say = useTexts(texts);
  const narrow = useMediaQuery('(max-width: 48em)');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onConfirm();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          <Refusal error={error} {...(shown ? { shown } : {})} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={busy} {...(ends ? { variant: 'outline', color: 'red' } : {})}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
