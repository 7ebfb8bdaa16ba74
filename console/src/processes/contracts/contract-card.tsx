import { Card, Code, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './contracts.module.css';

export type Term = readonly [label: string, value: ReactNode];

/** The contract of one step: its terms line by line, then its fields. */
export function ContractCard(props: { title: string; name: string; terms: readonly Term[]; children?: ReactNode }) {
  const { title, name, terms, children } = props;
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Stack gap="md">
        <Group gap="sm" align="baseline">
          <Title order={2}>{title}</Title>
          <Code>{name}</Code>
        </Group>
        {terms.length > 0 && (
          <dl className={classes['terms']}>
            {terms.map(([label, value]) => (
              <Line key={label} label={label} value={value} />
            ))}
          </dl>
        )}
        {children && <SimpleGrid cols={{ base: 1, md: 2 }}>{children}</SimpleGrid>}
      </Stack>
    </Card>
  );
}

const Line = ({ label, value }: { label: string; value: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
);
