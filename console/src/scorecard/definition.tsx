import { HoverCard, Text, UnstyledButton } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './texts.ts';

/** How numbers are counted, by pointer and by keyboard. */
export function Definition({ of }: { of: readonly string[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const text = of.map((one) => words.reason('', one)).join(' ');
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
        <Text size="sm">{text}</Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
