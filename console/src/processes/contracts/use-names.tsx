import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { Contracts } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { type Kind, useWords } from '../../language/words.ts';
import { queuePath } from '../links.ts';
import { texts } from './texts.ts';

export const Queue = ({ name }: { name: string }) => {
  const words = useWords();
  return (
    <Anchor component={Link} href={queuePath(name)} size="sm">
      {words.shared('queues', name)}
    </Anchor>
  );
};

/** Answers lists of names in words, and what a model's fallback holds. */
export function useNames(process: string) {
  const say = useTexts(texts);
  const words = useWords();
  const field = (name: string) => words.of(process, 'fields', name);
  const listed = (kind: Kind) => (names: readonly string[]) =>
    names.map((name) => words.of(process, kind, name)).join(', ');
  return {
    field,
    fields: listed('fields'),
    handoffs: listed('handoffs'),
    policies: listed('policies'),
    terms: (name: string) => words.of(process, 'terms', name),
    queue: (name: string) => (name === 'requester' ? say('requester') : words.shared('queues', name)),
    verdicts: (names: readonly string[]) => names.map((name) => words.shared('verdicts', name)).join(', '),
    operation: (name: string) => words.shared('operations', name),
    system: (operation: string) => words.shared('systems', operation.split('.')[0]!),
    given,
  };
  function given(values: object): string {
    return Object.entries(values)
      .map(([name, value]) => `${field(name)}: ${plain(value)}`)
      .join('; ');
  }
  function plain(value: unknown): string {
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return say('none');
    if (Array.isArray(value)) return value.map(plain).join(', ');
    if (typeof value === 'object') return given(value);
    // A name is said in words; a sentence is said already.
    if (typeof value !== 'string') return JSON.stringify(value);
    return /^[\w-]+$/.test(value) ? words.of(process, 'values', value) : value;
  }
}

export type Named<Kind extends keyof Contracts> = Contracts[Kind] extends Record<string, infer One> ? One : never;
