import { Box } from '@mantine/core';

/** How much of the largest; the number stands beside it. */
export const Bar = ({ share }: { share: number }) => (
  <Box h={10} w={`${Math.max(share * 100, 1)}%`} bg="var(--mantine-primary-color-filled)" style={{ borderRadius: 3 }} />
);
