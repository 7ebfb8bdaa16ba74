import { Stack, Text, Title } from '@mantine/core';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { dateTime } from '../../shared/when.ts';
import { texts } from './texts.ts';

interface Change {
  what: string;
  by: string;
  because: string;
  at: string;
}

/** Who changed what, when and why, the newest first. */
export function History({ changes }: { changes: readonly Change[] }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Stack gap="xs">
      <Title order={3}>{say('history')}</Title>
      {changes.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('no-history')}
        </Text>
      )}
      <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {changes.map(({ what, by, because, at }) => (
          <Text key={`${at} ${what}`} size="sm" component="li" style={{ overflowWrap: 'anywhere' }}>
            <strong>{what}</strong>{' '}
            <Text span size="sm" c="dimmed">
              {say('changed-by', { by, at: dateTime(at, language), because })}
            </Text>
          </Text>
        ))}
      </Stack>
    </Stack>
  );
}
