import { Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { useAsked } from '../../shared/asked.ts';
import { texts } from '../answer-texts.ts';
import type { FieldsOf } from '../../shared/schema.ts';
import { termsOf, useAround } from '../around.tsx';

/** What was asked, of the terms as one changes them, and what one is about to answer: to approve a denial is a yes to the question, and a no to the customer. */
export function AskedAgain({ answer, changes = {} }: { answer: 'yes' | 'no'; changes?: FieldsOf }) {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const asked = useAsked({ ...handoff, terms: { ...termsOf(handoff), ...changes } });
  return (
    <Text>
      {asked}{' '}
      <Text span fw={700}>
        {say(`answer.${answer}`)}
      </Text>
    </Text>
  );
}
