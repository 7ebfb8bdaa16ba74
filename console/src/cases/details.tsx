import { Card, Stack, Text } from '@mantine/core';
import type { RecordLine } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { LongText } from '../shared/long-text.tsx';
import { type CaseScope, RecordValues } from './record-values.tsx';
import { texts } from './texts.ts';

interface Message {
  role: string;
  content: string;
}

/** What a line of the record holds: the prompt apart from all else, since it is long and not the case's own. */
export function Details({ of: { body }, scope }: { of: RecordLine; scope: CaseScope }) {
  const { prompt, cost: _, ...rest } = body ?? {};
  return (
    <Card withBorder padding="sm" mt="xs">
      <Stack gap="sm">
        <RecordValues of={rest} scope={scope} />
        {messagesIn(prompt).map(({ role, content }, index) => (
          <Prompt key={index} role={role} content={content} />
        ))}
      </Stack>
    </Card>
  );
}

function Prompt({ role, content }: Message) {
  const say = useTexts(texts);
  return (
    <div>
      <Text size="sm" fw={600}>
        {say('prompt')}: {role === 'system' || role === 'user' ? say(`prompt.${role}`) : role}
      </Text>
      <Text component="div" size="sm" ff="monospace">
        <LongText>{content}</LongText>
      </Text>
    </div>
  );
}

function messagesIn(prompt: unknown): Message[] {
  const { messages = [] } = (prompt ?? {}) as { messages?: unknown };
  return Array.isArray(messages)
    ? messages.filter((one): one is Message => typeof (one as Message | null)?.content === 'string')
    : [];
}
