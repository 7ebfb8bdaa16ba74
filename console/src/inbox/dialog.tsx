import { Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** What stands over the page until it is answered or closed. (Mantine's own header would be a second banner of the page.) */
export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const say = useTexts(texts);
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="md">
          <Stack gap="md">
            <Group justify="space-between" wrap="nowrap">
              <Modal.Title fw={650} fz="lg">
                {title}
              </Modal.Title>
              <Modal.CloseButton aria-label={say('close')} />
            </Group>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
