import { Button, List, Text } from '@mantine/core';
import { ApiProblem } from '../api/client.ts';
import { useQueueLimits } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { money } from '../shared/amounts.ts';
import { Shown } from '../shared/states.tsx';
import { useKeptDisclosure } from '../shared/use-kept.ts';
import { ChangeLimits } from './change-limits.tsx';
import { Part } from '../shared/part.tsx';
import { texts } from './texts.ts';

/** Up to which amounts members of a queue decide. Whoever is not in it does not learn that, and sees no such part. */
export function LimitsPart({ queue, isAdmin }: { queue: string; isAdmin: boolean }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { opened, open, close } = useKeptDisclosure(`limits.${queue}`);
  const found = useQueueLimits(queue);
  if (found.error instanceof ApiProblem && [403, 404].includes(found.error.status)) return null;
  return (
    <Part title={say('limits')}>
      <Text size="sm">{say('limits.why')}</Text>
      <Shown of={found}>
        {(limits) => (
          <>
            {limits.length === 0 ? (
              <Text size="sm">{say('limits.none')}</Text>
            ) : (
              <List size="sm">
                {limits.map(({ amount, currency }) => (
                  <List.Item key={currency}>{money(amount, currency, language)}</List.Item>
                ))}
              </List>
            )}
            {isAdmin && (
              <Button variant="default" size="xs" onClick={open} style={{ alignSelf: 'flex-start' }}>
                {say('change.limits')}
              </Button>
            )}
            {opened && <ChangeLimits queue={queue} limits={limits} onClose={close} />}
          </>
        )}
      </Shown>
    </Part>
  );
}
