import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useDeclared } from '../api/declared.ts';
import { useProcesses } from '../api/processes.ts';
import { useQueues } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { findTexts } from './find-texts.ts';
import { isEmpty, type Filter, type Search, stages } from './search.ts';

interface Props {
  search: Search;
  refused: string | undefined;
  change(change: Partial<Record<Filter, string>>): void;
  clear(): void;
}

/** Outcomes that every process has. */
const common = ['failed', 'cancelled', 'terminated'];

/** What is looked for: a choice counts at once, what is typed once it is sent. */
export function Filters({ search, refused, change, clear }: Props) {
  const say = useTexts(findTexts);
  const words = useWords();
  const processes = (useProcesses().data?.processes ?? []).map(({ name }) => name);
  const queues = (useQueues().data ?? []).map(({ queue }) => queue);
  const { data: declared } = useDeclared(search.process);
  const [typed, setTyped] = useState({ q: search.q ?? '', requester: search.requester ?? '' });
  const outcomes = [...Object.keys(declared?.outcomes ?? {}), ...common];
  const send = (event: FormEvent) => {
    event.preventDefault();
    change(typed);
  };
  const choice = (filter: Filter, names: readonly string[], inWords: (name: string) => string) => {
    const chosen = search[filter];
    const all = chosen && !names.includes(chosen) ? [chosen, ...names] : names;
    return (
      <NativeSelect
        label={say(filter)}
        value={chosen ?? ''}
        onChange={(event) => change({ ...typed, [filter]: event.currentTarget.value })}
        data={[{ value: '', label: say('any') }, ...all.map((value) => ({ value, label: inWords(value) }))]}
      />
    );
  };
  const day = (filter: 'from' | 'to') => (
    <TextInput
      type="date"
      label={say(filter)}
      value={search[filter] ?? ''}
      onChange={(event) => change({ ...typed, [filter]: event.currentTarget.value })}
    />
  );
  return (
    <form onSubmit={send} role="search">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label={say('q')}
            description={say('q.what')}
            error={refused}
            value={typed.q}
            onChange={(event) => setTyped({ ...typed, q: event.currentTarget.value })}
            maxLength={200}
            style={{ flex: '1 1 20rem' }}
            type="search"
          />
          <Button type="submit">{say('find')}</Button>
        </Group>
        <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm" verticalSpacing="xs">
          {choice('process', processes, words.process)}
          {choice('outcome', outcomes, (name) => words.of(search.process ?? '', 'outcomes', name))}
          {choice('stage', stages, (name) => words.shared('stages', name))}
          {choice('owner', queues, (name) => words.shared('queues', name))}
          <TextInput
            label={say('requester')}
            value={typed.requester}
            onChange={(event) => setTyped({ ...typed, requester: event.currentTarget.value })}
            maxLength={200}
          />
          {day('from')}
          {day('to')}
          {!isEmpty(search) && (
            <Button variant="subtle" onClick={clear} style={{ alignSelf: 'end', justifySelf: 'start' }}>
              {say('clear')}
            </Button>
          )}
        </SimpleGrid>
      </Stack>
    </form>
  );
}
