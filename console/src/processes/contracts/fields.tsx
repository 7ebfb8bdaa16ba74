import { Button, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Contracts } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { texts } from './texts.ts';

export type Field = Contracts['request'][number];

/** What something holds, field by field; what stands in a group is shown when asked for, indented below it. */
export function Fields({ process, title, of }: { process: string; title: string; of: readonly Field[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const format = useFormat(process);
  const [inside, setInside] = useState(false);
  const shown = inside ? of : of.filter(({ path }) => path.length === 1);
  return (
    <Stack gap="xs">
      <Title order={3} size="sm">
        {title}
      </Title>
      {of.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('no-fields')}
        </Text>
      ) : (
        <Table verticalSpacing={4} fz="sm" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('field')}</Table.Th>
              <Table.Th>{say('format')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((field) => (
              <Table.Tr key={field.path.join('.')} style={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}>
                <Table.Td pl={10 + 14 * (field.path.length - 1)}>
                  {words.of(process, 'fields', field.path.at(-1)!)}
                </Table.Td>
                <Table.Td>{format(field)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {of.some(({ path }) => path.length > 1) && (
        <Button
          {...{ variant: 'default', size: 'compact-sm', style: { alignSelf: 'flex-start' } }}
          aria-expanded={inside}
          onClick={() => setInside(!inside)}
        >
          {say(inside ? 'not-inside' : 'inside')}
        </Button>
      )}
    </Stack>
  );
}

/** Answers what a field holds, in words. */
export function useFormat(process: string) {
  const say = useTexts(texts);
  const words = useWords();
  return ({ format, many, optional, values }: Field): string => {
    const said = values.map((value) => words.of(process, 'values', value)).join(', ');
    const one = say(`f.${format}`, { values: said });
    return [many ? say('many', { format: one }) : one, ...(optional ? [say('optional')] : [])].join(', ');
  };
}
