import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a page under its heading, without a frame. */
export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack gap="sm" component="section" aria-label={title}>
    <Title order={2}>{title}</Title>
    {children}
  </Stack>
);
