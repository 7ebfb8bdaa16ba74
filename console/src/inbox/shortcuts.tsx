import { Kbd, Table } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { DialogFrame } from '../shared/dialog-frame.tsx';
import { texts } from './texts.ts';

const keys = [
  ['j', 'key.j'],
  ['k', 'key.k'],
  ['Enter', 'key.enter'],
  ['c', 'key.c'],
  ['r', 'key.r'],
  ['x', 'key.x'],
  ['/', 'key.slash'],
  ['?', 'key.help'],
] as const;

/** Which key does what. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const say = useTexts(texts);
  return (
    <DialogFrame size="md" title={say('shortcuts')} onClose={onClose}>
      <Table>
        <Table.Tbody>
          {keys.map(([key, text]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={90}>
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{say(text)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </DialogFrame>
  );
}
