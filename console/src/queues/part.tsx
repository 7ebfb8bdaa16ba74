import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the page under its heading. */
export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack gap="sm" component="section">
    <Title order={2}>{title}</Title>
    {children}
  </Stack>
);
