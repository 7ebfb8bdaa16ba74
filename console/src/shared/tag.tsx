import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a short word about the state of something means; the word says it, the colour only helps to find it. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'bad';

const colours: Record<Tone, string> = { neutral: 'gray', accent: 'blue', good: 'teal', warning: 'orange', bad: 'red' };

export const Tag = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => (
  <Badge
    color={colours[tone]}
    variant="outline"
    radius="sm"
    tt="none"
    fw={600}
    c="var(--mantine-color-text)"
    h="auto"
    mih={20}
    styles={{ label: { whiteSpace: 'normal' } }}
  >
    {children}
  </Badge>
);
