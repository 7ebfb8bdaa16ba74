import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { dateTime } from '../shared/when.ts';
import { texts } from './answer-texts.ts';
import { Assign } from './answer/assign.tsx';
import { useAround } from './around.tsx';

/** The amount is above what the reader may approve: who may, and how it gets to them. */
export function AboveLimit() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { brief, handoff } = useAround();
  const [assigning, setAssigning] = useState(false);
  const { others, assign } = brief.may;
  const { owner, contract, escalatesAt, slaStage } = handoff;
  const close = () => setAssigning(false);
  const goesOn = contract.escalateTo !== owner && slaStage !== 'escalated';
  const where = { queue: words.shared('queues', contract.escalateTo), when: dateTime(escalatesAt, language) };
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{say('limit.above')}</Text>
      <Text size="sm">
        {others && others.length > 0 ? say('limit.others', { people: others.join(', ') }) : say('limit.nobody')}{' '}
        {goesOn && say('limit.escalates', where)}
      </Text>
      {assign && (
        <Button size="compact-sm" variant="default" onClick={() => setAssigning(true)}>
          {say('assign.title')}
        </Button>
      )}
      {assigning && <Assign onClose={close} />}
    </Stack>
  );
}
