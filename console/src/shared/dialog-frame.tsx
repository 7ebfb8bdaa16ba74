import { Group, Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../language/language.tsx';
import { texts } from './value-texts.ts';

interface Props {
  title: string;
  /** How wide it is where there is room. */
  size?: 'md' | 'lg';
  onClose(): void;
  children: ReactNode;
}

/**
 * What stands over the page until it is answered or closed; the focus goes back to where it was. (Mantine's own header would be
 * a second banner of the page, and what locks scrolling brings a style sheet without the page's nonce.)
 */
export function DialogFrame({ title, size = 'lg', onClose, children }: Props) {
  const say = useTexts(texts);
  useFocusReturn();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal.Root opened onClose={onClose} size={size} fullScreen={narrow} lockScroll={false}>
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

/** Mantine's own return of the focus does nothing for what is there only while it is open. */
function useFocusReturn() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement)
        before.focus({ preventScroll: true });
    },
    [before],
  );
}
