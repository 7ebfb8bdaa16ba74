import { Button, Checkbox, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { useDelegate } from '../api/settings.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { send } from '../shared/send.ts';
import { Failed } from '../shared/states.tsx';
import { useKept } from '../shared/use-kept.ts';
import { texts } from './texts.ts';

/** In the reader's zone, as an input of a day and a time has it. */
const typedTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

const fields = ['whom', 'from', 'to'] as const;
type Name = (typeof fields)[number];

/** Lets somebody decide for me while I am away. */
export function DelegateForm({ me, onMade, onCancel }: { me: Me; onMade(): void; onCancel(): void }) {
  const say = useTexts(texts);
  const words = useWords();
  const kept = useKept('delegation', () => ({
    ...{ whom: '', from: typedTime(new Date()), to: '', because: '', queues: [] as string[] },
  }));
  const { queues, ...typed } = kept.value;
  const type = (some: Partial<typeof kept.value>) => kept.setValue((before) => ({ ...before, ...some }));
  const [missing, setMissing] = useState<readonly Name[]>([]);
  const first = useRef<HTMLInputElement>(null);
  const delegate = useDelegate();
  useEffect(() => first.current?.focus(), []);

  const refused = delegate.error instanceof ApiProblem ? delegate.error.errors.map(({ field }) => field.slice(1)) : [];
  const isWrong = (name: Name) => missing.includes(name) || refused.includes(name);
  const input = (name: Name) => ({
    ...{ label: say(`new.${name}`), value: typed[name], 'aria-required': true },
    error: isWrong(name) && say(`wrong.${name}`),
    onChange: (event: { currentTarget: { value: string } }) => type({ [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const blank = fields.filter((name) => typed[name].trim() === '');
    setMissing(blank);
    if (blank.length > 0 || delegate.isPending) return;
    const [from, to] = [typed.from, typed.to].map((at) => new Date(at).toISOString()) as [string, string];
    const body = { ...typed, from, to, ...(queues.length > 0 ? { queues: queues as [string, ...string[]] } : {}) };
    send(delegate, body, kept.forget, { onSuccess: onMade });
  };
  const isKnown = refused.some((field) => (fields as readonly string[]).includes(field));
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput ref={first} {...input('whom')} description={say('new.whom.why')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput type="datetime-local" {...input('from')} />
          <TextInput type="datetime-local" {...input('to')} />
        </SimpleGrid>
        {me.queues.length > 1 && (
          <Checkbox.Group
            label={say('new.queues')}
            description={say('new.queues.why')}
            value={queues}
            onChange={(next) => type({ queues: next })}
          >
            <Stack gap="xs" mt="xs">
              {me.queues.map((queue) => (
                <Checkbox key={queue} value={queue} label={words.shared('queues', queue)} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Textarea
          label={say('new.because')}
          value={typed.because}
          maxLength={2_000}
          autosize
          onChange={(event) => type({ because: event.currentTarget.value })}
        />
        {delegate.isError && !isKnown && <Failed error={delegate.error} />}
        <Group gap="sm">
          <Button type="submit" loading={delegate.isPending}>
            {say('new.send')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              kept.forget();
              onCancel();
            }}
          >
            {say('new.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
