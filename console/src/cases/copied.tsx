import { Button, Code, CopyButton, Group } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** An id, word for word, to be taken along. */
export function Copied({ children, label }: { children: string; label: string }) {
  const say = useTexts(texts);
  return (
    <Group gap="xs">
      <Code style={{ overflowWrap: 'anywhere' }}>{children}</Code>
      <CopyButton value={children}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="subtle" aria-label={`${say('copy')}: ${label}`} onClick={copy}>
            {say(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
