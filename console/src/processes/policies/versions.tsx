import { Anchor, Code, Group, Stack, Text, Title } from '@mantine/core';
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
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {versions.map((one) => (
          <Group key={one.version} component="li" gap="sm">
            <Text size="sm" fw={600}>
              {say('version.n', { version: one.version, at: dateTime(one.publishedAt, language) })}
            </Text>
            <Code title={one.digest}>{one.digest.slice(0, 12)}</Code>
            {one.version === newest && <Tag tone="good">{say('now')}</Tag>}
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
        ))}
      </Stack>
    </Stack>
  );
}
