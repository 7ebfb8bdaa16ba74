import { Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

interface Props {
  title: string;
  opened: boolean;
  onClose(): void;
  children: ReactNode;
}

/** What stands over the page until it is answered or closed. Mantine's own header would be a second banner of the page. */
export function Dialog({ title, opened, onClose, children }: Props) {
  const say = useTexts(texts);
  return (
    <Modal.Root opened={opened} onClose={onClose} lockScroll={false} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="md">
          <Stack gap="md">
            <Group justify="space-between" wrap="nowrap">
              <Modal.Title fw={650} fz="lg">
                {title}
              </Modal.Title>
              <Modal.CloseButton aria-label={say('back')} />
            </Group>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
