import { Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { useAsked } from '../../shared/asked.ts';
import { texts } from '../answer-texts.ts';
import { useAround } from '../around.tsx';

/** What was asked, and what one is about to answer: to approve a denial is a yes to the question, and a no to the customer. */
export function AskedAgain({ answer }: { answer: 'yes' | 'no' }) {
  const say = useTexts(texts);
  const asked = useAsked(useAround().handoff);
  return (
    <Text>
      {asked}{' '}
      <Text span fw={700}>
        {say(`answer.${answer}`)}
      </Text>
    </Text>
  );
}
