import { Card, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ComponentType } from 'react';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { currencyIn, fieldOf, type FieldsOf, type Kind, kindOf, type Schema, shapeOf } from './schema.ts';
import { texts } from './value-texts.ts';
import classes from './value.module.css';
import { type FieldsProps, useScope, type ValueProps, ValueScope } from './value-scope.tsx';

interface Props {
  lines: readonly FieldsOf[];
  schema: Schema | undefined;
  at: string;
  /** What shows a cell, and a line. */
  show: { Value: ComponentType<ValueProps>; Fields: ComponentType<FieldsProps> };
}

const most = 7;
const longCell = 160;

/** A list of objects: a table, or cards where it is narrow or a line holds more than a table can show. */
export function Lines(props: Props) {
  const { lines, schema } = props;
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const columns = columnsOf(lines, schema);
  if (narrow || columns.length > most || !columns.every(({ fits }) => fits)) return <Cards {...props} />;
  return <AsTable {...props} columns={columns} />;
}

interface Column {
  name: string;
  kind: Kind;
  fits: boolean;
}

/** The currency stands with the amounts. */
function columnsOf(lines: readonly FieldsOf[], schema: Schema | undefined): Column[] {
  const names = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const columns = names.map((name): Column => {
    const kinds = lines.map((line) => {
      const shape = fieldOf(shapeOf(schema, line), name);
      return kindOf(line[name], shapeOf(shape, line[name]), name, currencyIn(line));
    });
    const kind = kinds.find((one) => one !== 'none') ?? 'none';
    const isShort = (value: unknown) => typeof value !== 'string' || value.length <= longCell;
    const fits = kinds.every((one) => !['object', 'lines'].includes(one)) && lines.every((line) => isShort(line[name]));
    return { name, kind, fits };
  });
  const hasAmount = columns.some(({ kind }) => kind === 'amount');
  return columns.filter(({ name }) => !(name === 'currency' && hasAmount));
}

function AsTable({ lines, schema, at, columns, show: { Value } }: Props & { columns: readonly Column[] }) {
  const { process } = useScope();
  const words = useWords();
  const isNumber = (kind: Kind) => (kind === 'amount' || kind === 'number' ? classes['number'] : undefined);
  return (
    <Table className={classes['table']} withTableBorder fz="sm" w="auto">
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ name, kind }) => (
            <Table.Th key={name} scope="col" className={isNumber(kind)}>
              {words.of(process, 'fields', name)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line, index) => (
          <ValueScope key={index} of={line}>
            <Table.Tr>
              {columns.map(({ name, kind }) => (
                <Table.Td key={name} className={isNumber(kind)}>
                  <Value
                    value={line[name]}
                    schema={fieldOf(shapeOf(schema, line), name)}
                    field={name}
                    at={`${at}/${index}/${name}`}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          </ValueScope>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ lines, schema, at, show: { Fields } }: Props) {
  const say = useTexts(texts);
  return (
    <Stack gap="xs">
      {lines.map((line, index) => (
        <Card key={index} withBorder padding="sm">
          {lines.length > 1 && (
            <Text size="sm" fw={600}>
              {say('line', { n: index + 1 })}
            </Text>
          )}
          <Fields of={line} schema={shapeOf(schema, line)} at={`${at}/${index}`} />
        </Card>
      ))}
    </Stack>
  );
}
