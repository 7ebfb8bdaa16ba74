import { Anchor, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** In characters; what is longer is folded. */
const shortText = 400;

/** A text of any length, as text alone. */
export function Long({ children, mono = false }: { children: string; mono?: boolean }) {
  const say = useTexts(texts);
  const [open, { toggle }] = useDisclosure();
  const folds = children.length > shortText;
  return (
    <>
      <Text
        size="sm"
        ff={mono ? 'monospace' : 'text'}
        maw="72ch"
        lineClamp={folds && !open ? 5 : 0}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {children}
      </Text>
      {folds && (
        <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={toggle}>
          {say(open ? 'less' : 'more')}
        </Anchor>
      )}
    </>
  );
}
