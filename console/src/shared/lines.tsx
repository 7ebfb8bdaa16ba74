import { Card, Stack, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { ComponentType } from 'react';
import { useTexts } from '../language/language.tsx';
import { currencyIn, fieldOf, type FieldsOf, type Kind, kindOf, type Schema, shapeOf, textOf } from './schema.ts';
import { texts } from './value-texts.ts';
import classes from './value.module.css';
import { type FieldsProps, useFieldName, type ValueProps, ValueScope } from './value-scope.tsx';

interface Props {
  lines: readonly FieldsOf[];
  schema: Schema | undefined;
  at: string;
  /** What shows a cell, and a line. */
  show: { Value: ComponentType<ValueProps>; Fields: ComponentType<FieldsProps> };
}

const longCell = 160;

/** A list of objects: a table, or cards where there is no room for one or a line holds more than a table can show. */
export function Lines(props: Props) {
  const { lines, schema } = props;
  const { ref, width } = useElementSize();
  const nameOf = useFieldName();
  const columns = columnsOf(lines, schema);
  const needed = columns.reduce((sum, { name, longest }) => {
    const heading = nameOf(name);
    return sum + 24 + 9 * Math.max(longest, ...heading.split(' ').map(({ length }) => length));
  }, 0);
  const isTable = columns.every(({ fits }) => fits) && (width === 0 || needed <= width);
  return <div ref={ref}>{isTable ? <AsTable {...props} columns={columns} /> : <Cards {...props} />}</div>;
}

interface Column {
  name: string;
  kind: Kind;
  fits: boolean;
  /** In characters, of what should stand on one line. */
  longest: number;
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
    const widths = lines.map((line) => Math.min(24, textOf(line[name]).length));
    return { name, kind, fits, longest: Math.max(...widths) };
  });
  const hasAmount = columns.some(({ kind }) => kind === 'amount' || kind === 'price');
  return columns.filter(({ name }) => !(name === 'currency' && hasAmount) && !(name === 'id' && isNumbered(lines)));
}

/** Ids by which Baton tells lines apart say nothing to the reader. */
const isNumbered = (lines: readonly FieldsOf[]): boolean =>
  lines.every(({ id }) => typeof id === 'string' && /^[a-z][a-zA-Z]*(-[a-z]+)*-\d+$/.test(id));

function AsTable({ lines, schema, at, columns, show: { Value } }: Props & { columns: readonly Column[] }) {
  const nameOf = useFieldName();
  const isNumber = (kind: Kind) => (['amount', 'price', 'number'].includes(kind) ? classes['number'] : undefined);
  return (
    <Table className={classes['table']} withTableBorder fz="sm" w="auto">
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ name, kind }) => (
            <Table.Th key={name} scope="col" className={isNumber(kind)}>
              {nameOf(name)}
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
          <Fields
            dense
            of={line}
            schema={shapeOf(schema, line)}
            at={`${at}/${index}`}
            omit={isNumbered(lines) ? ['id'] : []}
          />
        </Card>
      ))}
    </Stack>
  );
}
