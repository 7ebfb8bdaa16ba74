import { Card, Group, Stack, Table as Grid, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Table } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { number } from '../../shared/amounts.ts';
import { type OfTable, Rule, Then, When } from './row-cells.tsx';
import { texts } from './texts.ts';

interface Props extends OfTable {
  table: Table;
  decided: readonly { rule: string; cases: number }[];
}

/** A decision table as the business reads it; below `sm` a card for each row. */
export function PolicyTable({ table: { rows }, decided, ...of }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const counted = (rule: string) => number(decided.find((one) => one.rule === rule)?.cases ?? 0, language);
  if (narrow)
    return (
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {rows.map((row, n) => (
          <Card key={row.rule} withBorder padding="sm" component="li">
            <Stack gap="xs">
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                  {n + 1}.
                </Text>
                <Rule row={row} process={of.process} />
              </Group>
              <When row={row} {...of} />
              <Then row={row} {...of} />
              <Text size="xs" c="dimmed">
                {say('cases')}: {counted(row.rule)}
              </Text>
            </Stack>
          </Card>
        ))}
      </Stack>
    );
  return (
    <Grid verticalSpacing="sm" layout="fixed">
      <Grid.Thead>
        <Grid.Tr>
          <Grid.Th w={40}>#</Grid.Th>
          <Grid.Th w="28%">{say('rule')}</Grid.Th>
          <Grid.Th>{say('when')}</Grid.Th>
          <Grid.Th w="24%">{say('verdict')}</Grid.Th>
          <Grid.Th w={92} ta="right">
            {say('cases')}
          </Grid.Th>
        </Grid.Tr>
      </Grid.Thead>
      <Grid.Tbody>
        {rows.map((row, n) => (
          <Grid.Tr key={row.rule} data-rule={row.rule} style={{ verticalAlign: 'top' }}>
            <Grid.Td c="dimmed">{n + 1}</Grid.Td>
            <Grid.Td>
              <Rule row={row} process={of.process} />
            </Grid.Td>
            <Grid.Td>
              <When row={row} {...of} />
            </Grid.Td>
            <Grid.Td>
              <Then row={row} {...of} />
            </Grid.Td>
            <Grid.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {counted(row.rule)}
            </Grid.Td>
          </Grid.Tr>
        ))}
      </Grid.Tbody>
    </Grid>
  );
}
