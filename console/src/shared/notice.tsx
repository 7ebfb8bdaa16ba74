import { Alert, type AlertProps } from '@mantine/core';

/** Something to be known before all else. Its title has the text's own colour, which can be read on every ground. */
export const Notice = (props: AlertProps) => (
  <Alert {...props} styles={{ title: { color: 'var(--mantine-color-text)' } }} />
);
