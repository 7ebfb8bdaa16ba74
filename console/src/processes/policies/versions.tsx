import { Anchor, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { Tag } from '../../shared/tag.tsx';
import { dateTime } from '../../shared/when.ts';
import { texts } from './texts.ts';

interface Props {
  versions: readonly { version: number; digest: string; publishedAt: string }[];
  version: number;
  to(more: Record<string, string>): void;
}

/** Every version that was ever published, the newest first. */
export function Versions({ versions, version, to }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const newest = versions[0]!.version;
  return (
    <Stack gap="sm" component="section" aria-label={say('history')}>
      <Title order={2}>{say('history')}</Title>
      <Text size="sm" c="dimmed">
        {say('digest')}: {say('digest.why')}
      </Text>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table verticalSpacing="xs" w="auto">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('version')}</Table.Th>
              <Table.Th>{say('published')}</Table.Th>
              <Table.Th>{say('digest')}</Table.Th>
              <Table.Th>
                <span aria-hidden="true" />
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one) => (
              <Table.Tr key={one.version}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    {one.version}
                    {one.version === newest && <Tag tone="good">{say('now')}</Tag>}
                  </Group>
                </Table.Td>
                <Table.Td>{dateTime(one.publishedAt, language)}</Table.Td>
                <Table.Td>
                  <Code title={one.digest}>{one.digest.slice(0, 12)}</Code>
                </Table.Td>
                <Table.Td>
                  <Group gap="md" wrap="nowrap">
                    {one.version !== version && (
                      <Anchor component="button" size="sm" onClick={() => to({ version: String(one.version) })}>
                        {say('show-table')}
                      </Anchor>
                    )}
                    {one.version !== newest && (
                      <Anchor
                        {...{ component: 'button', size: 'sm' }}
                        onClick={() => to({ version: String(newest), against: String(one.version) })}
                      >
                        {say('against-now')}
                      </Anchor>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
