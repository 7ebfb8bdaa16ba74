import { Anchor, Group, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { WhoHasWhat } from '../api/queues.ts';
import { heldBy } from '../inbox/filters.ts';
import { useTexts } from '../language/language.tsx';
import { Tag } from '../shared/tag.tsx';
import { DueFirst } from './counts.tsx';
import { Part } from '../shared/part.tsx';
import { texts } from './texts.ts';

/** What each member has taken; from here a lead gives it to others. */
export function Load({ queue, load }: { queue: string; load: NonNullable<WhoHasWhat['load']> }) {
  const say = useTexts(texts);
  return (
    <Part title={say('load')}>
      {load.length === 0 ? (
        <Text size="sm">{say('load.none')}</Text>
      ) : (
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('person')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {say('claimed')}
              </Table.Th>
              <Table.Th scope="col">{say('due-first')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {load.map((one) => (
              <Person key={one.person} queue={queue} of={one} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Part>
  );
}

function Person({ queue, of }: { queue: string; of: NonNullable<WhoHasWhat['load']>[number] }) {
  const say = useTexts(texts);
  const { person, claimed, member } = of;
  const search = new URLSearchParams({ queue, held: heldBy(person) });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Group gap="xs">
          <Text fw={600} size="sm">
            {person}
          </Text>
          {!member && <Tag tone="warning">{say('gone')}</Tag>}
        </Group>
        {claimed > 0 && (
          <Anchor component={Link} href={`/handoffs?${search}`} size="sm" aria-label={say('load.show.of', { person })}>
            {say('load.show')}
          </Anchor>
        )}
      </Table.Th>
      <Table.Td ta="right">{claimed}</Table.Td>
      <Table.Td>
        <DueFirst of={of} />
      </Table.Td>
    </Table.Tr>
  );
}
