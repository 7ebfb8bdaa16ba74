import { HoverCard, Text, UnstyledButton } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** How a number is counted, by pointer and by keyboard. */
export function Definition({ text }: { text: string }) {
  const say = useTexts(texts);
  return (
    <HoverCard width={320} shadow="md" withinPortal>
      <HoverCard.Target>
        <UnstyledButton
          className="not-printed definition"
          aria-label={`${say('definition')}: ${text}`}
          c="dimmed"
          fz={12}
          ml={6}
        >
          ?
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Text size="sm" lang="en">
          {text}
        </Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
