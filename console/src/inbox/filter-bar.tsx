import { Button, Collapse, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { type RefObject, useEffect, useState } from 'react';
import { type Me, seesAll } from '../api/me.ts';
import { useQueues } from '../api/queues.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { type Filters, holders, inBar, personIn, stages, states } from './filters.ts';
import { texts } from './texts.ts';
import { useProcesses } from '../api/processes.ts';

interface BarProps {
  filters: Filters;
  set(changed: Partial<Record<keyof Filters, string>>): void;
  me: Me;
  search: RefObject<HTMLInputElement | null>;
}

/** Search and filters; what is chosen stands in the address. */
export function FilterBar({ filters, set, me, search }: BarProps) {
  const say = useTexts(texts);
  const chosen = inBar.filter((name) => filters[name] !== '').length;
  const [opened, { toggle }] = useDisclosure(chosen > 0);
  return (
    <>
      <Group gap="sm" align="flex-end">
        <Search value={filters.search} onChange={(text) => set({ search: text })} field={search} />
        <Button variant="default" onClick={toggle} aria-expanded={opened} aria-controls="inbox-filters">
          {chosen > 0 ? say('filters.set', { count: chosen }) : say('filters')}
        </Button>
        {chosen > 0 && (
          <Button variant="subtle" onClick={() => set({ queue: '', process: '', held: '', stage: '', state: '' })}>
            {say('filters.clear')}
          </Button>
        )}
      </Group>
      <Collapse expanded={opened} id="inbox-filters">
        {opened && <Choices filters={filters} set={set} me={me} />}
      </Collapse>
    </>
  );
}

/** Where somebody types, the address follows a little later. */
function Search({
  value,
  onChange,
  field,
}: {
  value: string;
  onChange(text: string): void;
  field: BarProps['search'];
}) {
  const say = useTexts(texts);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const follow = useDebouncedCallback(onChange, 250);
  return (
    <TextInput
      ref={field}
      type="search"
      label={say('search')}
      placeholder={say('search.hint')}
      flex="1 1 12rem"
      maw={420}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        follow(currentTarget.value);
      }}
    />
  );
}

type Option = { value: string; label: string };

function Choices({ filters, set, me }: Pick<BarProps, 'filters' | 'set' | 'me'>) {
  const say = useTexts(texts);
  const words = useWords();
  const all = useQueues().data?.map(({ queue }) => queue);
  const queues = seesAll(me) && all ? all : [...new Set([...me.queues, ...me.leads])];
  const processes = (useProcesses().data?.processes ?? []).map(({ name }) => name);
  const somebody = personIn(filters.held);
  const byLabel = (one: Option, other: Option) => one.label.localeCompare(other.label);
  const options: Record<(typeof inBar)[number], Option[]> = {
    queue: queues.map((value) => ({ value, label: words.shared('queues', value) })).toSorted(byLabel),
    process: processes.map((value) => ({ value, label: words.process(value) })).toSorted(byLabel),
    held: [
      ...holders.map((value) => ({ value, label: say(`held.${value}`) })),
      ...(somebody ? [{ value: filters.held, label: say('with', { person: somebody }) }] : []),
    ],
    stage: stages.map((value) => ({ value, label: say(`stage.${value}`) })),
    state: states.map((value) => ({ value: value === 'open' ? '' : value, label: say(`state.${value}`) })),
  };
  return (
    <Group gap="sm" pt="xs">
      {inBar.map((name) => (
        <NativeSelect
          key={name}
          label={say(`filter.${name}`)}
          value={filters[name]}
          onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}
          data={name === 'state' ? options.state : [{ value: '', label: say('any') }, ...options[name]]}
          flex="1 1 9rem"
          maw={240}
        />
      ))}
    </Group>
  );
}
