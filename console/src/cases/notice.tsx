import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Tone } from '../shared/tag.tsx';

const colours: Partial<Record<Tone, string>> = { accent: 'blue', good: 'teal', bad: 'red' };

interface Props {
  tone: Tone;
  title: string;
  /** It is said at once, whatever else is read. */
  urgent?: boolean;
  children?: ReactNode;
}

/** What is to be seen before all else of a part. Its text keeps the page's colours, which one can read on any ground. */
export const Notice = ({ tone, title, urgent = false, children }: Props) => (
  <Alert
    variant="outline"
    color={colours[tone] ?? 'gray'}
    title={title}
    role={urgent ? 'alert' : 'group'}
    styles={{ title: { color: 'var(--mantine-color-text)' }, message: { color: 'var(--mantine-color-text)' } }}
  >
    {children}
  </Alert>
);
