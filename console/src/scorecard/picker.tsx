import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useProcesses } from '../api/processes.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { bucketsOf, type Period, presets } from './period.ts';
import { texts } from './texts.ts';

/** One period and one process for the whole page; of those that the reader owns, where they see no others. */
export function Picker({
  period,
  process,
  owns,
}: {
  period: Period;
  process: string | undefined;
  owns: readonly string[];
}) {
  const say = useTexts(texts);
  const words = useWords();
  const { data } = useProcesses();
  const [, setSearch] = useSearchParams();
  const set = (changed: Record<string, string>) =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries(changed))
          if (value === '') before.delete(name);
          else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const seen = owns.length > 0 ? owns : (data?.processes.map(({ name }) => name) ?? []);
  return (
    <Group gap="sm" align="flex-end" className="not-printed">
      <NativeSelect
        label={say('process')}
        value={process ?? ''}
        onChange={({ currentTarget }) => set({ process: currentTarget.value })}
        data={[
          ...(owns.length === 1 ? [] : [{ value: '', label: say('all-processes') }]),
          ...seen.map((name) => ({ value: name, label: words.process(name) })),
        ]}
      />
      <NativeSelect
        label={say('period')}
        value={period.preset}
        onChange={({ currentTarget }) => set({ period: currentTarget.value, from: period.from, to: period.to, by: '' })}
        data={presets.map((preset) => ({ value: preset, label: say(preset) }))}
      />
      {period.preset === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={say(end)}
            value={period[end]}
            onChange={({ currentTarget }) => currentTarget.value && set({ [end]: currentTarget.value })}
          />
        ))}
      <NativeSelect
        label={say('by')}
        value={period.by}
        onChange={({ currentTarget }) => set({ by: currentTarget.value })}
        data={bucketsOf(period, process).map((bucket) => ({ value: bucket, label: say(bucket) }))}
      />
    </Group>
  );
}
