import { Card, Stack, Text } from '@mantine/core';
import type { RecordLine } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { Long } from './long.tsx';
import { texts } from './texts.ts';
import { Fields, type Scope } from './value.tsx';

interface Message {
  role: string;
  content: string;
}

/** What a line of the record holds: the prompt apart from all else, since it is long and not the case's own. */
export function Details({ of: { body }, scope }: { of: RecordLine; scope: Scope }) {
  const { prompt, cost: _, ...rest } = body ?? {};
  return (
    <Card withBorder padding="sm" mt="xs">
      <Stack gap="sm">
        <Fields of={rest} scope={scope} />
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
      <Long mono>{content}</Long>
    </div>
  );
}

function messagesIn(prompt: unknown): Message[] {
  const { messages = [] } = (prompt ?? {}) as { messages?: unknown };
  return Array.isArray(messages)
    ? messages.filter((one): one is Message => typeof (one as Message | null)?.content === 'string')
    : [];
}
