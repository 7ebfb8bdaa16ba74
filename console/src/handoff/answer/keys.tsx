import { Kbd, Table, Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { DialogFrame } from '../../shared/dialog-frame.tsx';
import { texts as answerTexts } from '../answer-texts.ts';
import { texts } from '../texts.ts';

/** What single keys do, where it can be done. */
export type Keys = readonly {
  key: string;
  name: 'approve' | 'reject' | 'amend' | 'ask' | 'claim' | 'help';
  does(): void;
}[];

export function KeysHelp({ keys, onClose }: { keys: Keys; onClose(): void }) {
  const say = useTexts(texts);
  const answer = useTexts(answerTexts);
  return (
    <DialogFrame title={answer('help.title')} onClose={onClose}>
      <Table>
        <Table.Tbody>
          {keys.map(({ key, name }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{name === 'help' ? answer('help.open') : say(name)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        {answer('help.off')}
      </Text>
    </DialogFrame>
  );
}
