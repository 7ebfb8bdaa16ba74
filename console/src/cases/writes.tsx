import { Box, Stack, Text } from '@mantine/core';
import type { Write } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { isObject } from '../shared/schema.ts';
import { type CaseScope, RecordValues } from './record-values.tsx';
import { texts } from './texts.ts';

interface Shown {
  writes: readonly Write[];
  scope: CaseScope;
}

/** Exactly what would be taken back now, and what would stay. */
export function WritesToTakeBack({ writes, scope }: Shown) {
  const say = useTexts(texts);
  const taken = writes.filter(({ keptBecause }) => keptBecause === null);
  const kept = writes.filter(({ keptBecause }) => keptBecause !== null);
  return (
    <Stack gap="sm">
      <Text fw={600}>
        {taken.length === 0 ? say('take-back.none') : say('take-back.will', { count: taken.length })}
      </Text>
      <Writes writes={taken} scope={scope} />
      {kept.length > 0 && <Text fw={600}>{say('take-back.kept', { count: kept.length })}</Text>}
      <Writes writes={kept} scope={scope} />
    </Stack>
  );
}

function Writes({ writes, scope }: Shown) {
  const words = useWords();
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {writes.map(({ key, action, operation, input, keptBecause }) => (
        <Box
          component="li"
          key={key}
          pl="sm"
          style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}
        >
          <Text size="sm" fw={600}>
            {words.of(scope.process, 'actions', action)}
          </Text>
          <Text size="sm" c="dimmed">
            {keptBecause === null ? words.shared('operations', operation) : words.reason(scope.process, keptBecause)}
          </Text>
          {keptBecause === null && isObject(input) && <RecordValues of={input} scope={scope} />}
        </Box>
      ))}
    </Stack>
  );
}
