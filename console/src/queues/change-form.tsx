import { Alert, Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { useTexts } from '../language/language.tsx';
import { DialogFrame } from '../shared/dialog-frame.tsx';
import { useWhy } from '../shared/why.ts';
import { texts } from './texts.ts';

interface FormProps {
  title: string;
  error: unknown;
  pending: boolean;
  disabled?: boolean;
  onClose(): void;
  /** What was typed is not wanted. */
  onCancel(): void;
  onSave(): void;
  children: ReactNode;
}

/** A dialog in which something is changed; a refusal stands below the fields, and what was typed stays until it is cancelled. */
export function ChangeForm({
  title,
  error,
  pending,
  disabled = false,
  onClose,
  onCancel,
  onSave,
  children,
}: FormProps) {
  const say = useTexts(texts);
  const why = useWhy();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <DialogFrame size="md" title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          {error instanceof Error && (
            <Alert color="red" role="alert">
              {say('failed', { why: [why(error), ...fieldsOf(error)].join(': ') })}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={pending} disabled={disabled}>
              {say('change.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogFrame>
  );
}

const fieldsOf = (error: Error): string[] =>
  error instanceof ApiProblem ? error.errors.map(({ field, message }) => `${field} ${message}`) : [];
