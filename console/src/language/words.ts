import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Call, call } from '../api/client.ts';
import { fill, useLanguage } from './language.tsx';

/** What the business calls what is declared: `GET /words/{language}`. */
interface Words {
  shared: Record<string, Record<string, string>>;
  processes: Record<string, WordsOfProcess>;
}
interface WordsOfProcess {
  title: string;
  one: string;
  handoffs: Record<string, { title: string; asks: string }>;
  actions: Record<string, { title: string; does: string; undo?: string }>;
  outcomes: Record<string, { title: string; means: string }>;
  [kind: string]: string | Record<string, string | Record<string, string | undefined>>;
}

/** `orderId` and `large-refund` as somebody would say them who has no better word. */
export const spelled = (name: string): string => {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const none: Words = { shared: {}, processes: {} };

/** Answers what names are in the reader's language. */
export function useWords() {
  const { language } = useLanguage();
  const { data = none } = useQuery({
    queryKey: ['words', language],
    queryFn: async () => (await call('GET /words/{language}' as Call, { params: { language } as never })) as Words,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return useMemo(() => wordsOf(data), [data]);
}

export type Said = ReturnType<typeof wordsOf>;

const wordsOf = ({ shared, processes }: Words) => {
  const entry = (process: string, kind: string, name: string) => {
    const all = processes[process]?.[kind];
    return typeof all === 'object' ? all[name] : undefined;
  };
  /** A name of a process: its `fields`, `values`, `outcomes`, `rules`, `policies`, `handoffs`, `actions`, `events`, `sources`, `terms`, `inferences`. */
  const of = (process: string, kind: string, name: string): string => {
    const found = entry(process, kind, name);
    return (typeof found === 'object' ? found['title'] : found) ?? spelled(name);
  };
  return {
    of,
    /** A name of no process in particular: its `queues`, `systems`, `operations`, `verdicts`, `stages`, `states`, `lines`, `measures` … */
    shared: (kind: string, name: string): string => shared[kind]?.[name] ?? spelled(name),
    process: (name: string): string => processes[name]?.title ?? spelled(name),
    oneOf: (name: string): string => processes[name]?.one ?? spelled(name),
    /** What a handoff asks, in a sentence filled with what is in it. */
    asks: (process: string, handoff: string, places: Record<string, string>): string | undefined => {
      const asks = processes[process]?.handoffs[handoff]?.asks;
      return asks === undefined ? undefined : fill(asks, places);
    },
    does: (process: string, action: string) => processes[process]?.actions[action],
    means: (process: string, outcome: string) => processes[process]?.outcomes[outcome]?.means,
  };
};
