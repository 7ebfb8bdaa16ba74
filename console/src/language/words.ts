import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Answer, call } from '../api/client.ts';
import { inOtherWords } from '../../../rules/other-words.ts';
import { fill, useLanguage } from './language.tsx';

/** What the business calls what is declared: `GET /words/{language}`. */
type Words = Answer<'GET /words/{language}'>;
type SharedKind = keyof Words['shared'];
type OfProcess = NonNullable<Words['processes'][string]>;
/** The kinds of names that a process declares. */
export type Kind = Exclude<
  { [K in keyof OfProcess]: OfProcess[K] extends object ? K : never }[keyof OfProcess],
  'reasons' | 'sentences'
>;

/** `orderId` and `large-refund` as somebody would say them who has no better word. */
export const spelled = (name: string): string => {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase();
  return capital(words);
};

/** As a title begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Answers what names are in the reader's language; spelled out until the words are there. */
export function useWords() {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['words', language],
    queryFn: () => call('GET /words/{language}', { params: { language } }),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return useMemo(() => wordsOf(data), [data]);
}

export type Said = ReturnType<typeof wordsOf>;

/** Fields of what is asked about a write or a source: Baton's own, and no process declares them. */
const ofWrites = {
  en: {
    ...{ source: 'Source', reads: 'Read from', problem: 'What is wrong', breach: 'Kind of breach', by: 'Asked by' },
    ...{ written: 'What was to be written', key: 'Key of the write', state: 'How it stands', input: 'What is in it' },
    ...{ result: 'What the system answered', undo: 'Taking it back', none: 'Not possible', instead: 'Instead' },
  },
  de: {
    ...{ source: 'Quelle', reads: 'Gelesen mit', problem: 'Was nicht stimmt', breach: 'Art des Verstoßes' },
    ...{ by: 'Gefragt nach', written: 'Was geschrieben werden sollte', key: 'Schlüssel', state: 'Stand' },
    ...{
      input: 'Inhalt',
      result: 'Antwort des Systems',
      undo: 'Rücknahme',
      none: 'Nicht möglich',
      instead: 'Stattdessen',
    },
  },
} as const;
const isWritten = (name: string): name is keyof (typeof ofWrites)['en'] => name in ofWrites.en;

/** What every process has besides its own. */
const common: Partial<Record<Kind, SharedKind>> = { outcomes: 'outcomes', handoffs: 'handoffs' };

/** Every queue has a word; what stands in a queue's place and has none is a person. */
const unnamed = (kind: SharedKind, name: string): string =>
  kind === 'queues' && !name.includes('-') ? name : spelled(name);

/** With what stands in its places in the reader's words too. */
function reasonOf(words: Words | undefined, process: string, text: string): string {
  const { reasons, sources, sentences = [] } = words?.processes[process] ?? {};
  const known = (one: string) => reasons?.[one] ?? sources?.[one];
  return inOtherWords(text, [...sentences, ...(words?.sentences ?? [])], { known, fill });
}

export const wordsOf = (words: Words | undefined) => {
  const shared = (kind: SharedKind, name: string): string => words?.shared[kind][name] ?? unnamed(kind, name);
  return {
    /** A name that a process declares. */
    of(process: string, kind: Kind, name: string): string {
      const found = words?.processes[process]?.[kind][name];
      if (found !== undefined) return typeof found === 'string' ? found : found.title;
      if (kind === 'fields' && words && isWritten(name)) return ofWrites[words.language][name];
      const besides = common[kind];
      return besides ? shared(besides, name) : spelled(name);
    },
    /** A name of whichever process declares it; what all call it, where they call it differently. */
    ofAny(kind: Kind, name: string): string {
      const said = Object.values(words?.processes ?? {}).flatMap((one) => one?.[kind][name] ?? []);
      const titles = new Set(said.map((found) => (typeof found === 'string' ? found : found.title)));
      if (titles.size > 0) return [...titles].join(' · ');
      const besides = common[kind];
      return besides ? shared(besides, name) : spelled(name);
    },
    /** A name of no process in particular. */
    shared,
    isNamed: (kind: SharedKind, name: string): boolean => words?.shared[kind][name] !== undefined,
    process: (name: string): string => words?.processes[name]?.title ?? spelled(name),
    oneOf: (name: string): string => words?.processes[name]?.one ?? spelled(name),
    /** What a handoff asks, in a sentence filled with what is in it. */
    asks(process: string, handoff: string, places: Record<string, string>): string | undefined {
      const asks = words?.processes[process]?.handoffs[handoff]?.asks;
      return asks === undefined ? undefined : fill(asks, places);
    },
    /** What the case does next, by what is answered; undefined of what no process declares. */
    next: (process: string, handoff: string, answer: 'yes' | 'no' | 'back'): string | undefined =>
      words?.processes[process]?.handoffs[handoff]?.[answer],
    /** What an action does and how it is taken back, in sentences with places. */
    does: (process: string, action: string) => words?.processes[process]?.actions[action],
    /** A reason that a table, a declaration or Baton itself gives in English; as it is, where it has no other words (any more). */
    reason(process: string, text: string, otherwise = text): string {
      const said = reasonOf(words, process, text);
      return said === text ? otherwise : said;
    },
    means: (process: string, outcome: string) => words?.processes[process]?.outcomes[outcome]?.means,
  };
};
