import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { DialogFrame } from '../../shared/dialog-frame.tsx';
import { useKept } from '../../shared/use-kept.ts';
import { useWhy } from '../../shared/why.ts';
import { texts } from './texts.ts';

/** What stops something is outlined red. Its ground stays as it is under the pointer, for the contrast of its text. */
export const stopping = {
  variant: 'outline',
  color: 'red',
  style: { '--button-hover': 'transparent' } as CSSProperties,
} as const;

interface Props {
  /** What is changed: the reason is kept for that. */
  about: string;
  title: string;
  says: string;
  /** What the button says that does it. */
  does: string;
  destructive?: boolean;
  pending: boolean;
  error: unknown;
  /** What a missing role means here. */
  refusal: string;
  /** `sent` is for once it has arrived. */
  change(because: string, sent: () => void): void;
  close(): void;
}

/** Asks for the reason of a change. */
export function ReasonDialog({ about, title, says, does, destructive, pending, error, refusal, change, close }: Props) {
  const say = useTexts(texts);
  const { value: because, setValue: setBecause, forget } = useKept(about, () => '');
  const why = useWhy();
  const [missing, setMissing] = useState(false);
  const submit = () => (because.trim() === '' ? setMissing(true) : change(because.trim(), forget));
  return (
    <DialogFrame title={title} size="md" onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{says}</Text>
          <Textarea
            {...{ label: say('reason'), description: say('reason.why'), value: because, required: true, rows: 3 }}
            error={missing && because.trim() === '' ? say('reason.needed') : undefined}
            maxLength={2_000}
            data-autofocus
            onChange={({ currentTarget }) => setBecause(currentTarget.value)}
          />
          {error !== null && (
            <Alert color="red" role="alert">
              {error instanceof ApiProblem && error.code === 'role-missing' ? refusal : why(error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button {...{ type: 'submit', loading: pending }} {...(destructive ? stopping : {})}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogFrame>
  );
}
