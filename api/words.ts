import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { type Language, languages } from '../outbound/wording.ts';
import { formsOf, inGerman, Sentences } from './sentences.ts';

type Definitions = Readonly<Record<string, ProcessDefinition>>;

const Text = z.string().min(1);
const Texts = z.record(z.string(), Text);

/** What whoever decides is asked; `{places}` are fields of the terms or, failing that, of the packet. */
const Handoff = z.strictObject({
  title: Text,
  asks: Text.describe('One sentence; `{places}` are fields of its terms or packet'),
  yes: Text.describe('What its case does next once it is approved'),
  no: Text.describe('The same once it is rejected'),
  back: Text.describe('The same once it is sent back, where its contract does not say to whom'),
});
const Outcome = z.strictObject({ title: Text, means: Text.describe('One sentence for the owner of the process') });
const Action = z.strictObject({
  title: Text,
  does: Text.describe('What follows "it": `{places}` are fields of its input'),
  undo: Text.optional().describe('The same of what takes it back; left out where nothing does'),
});

/** How people of a business call what its process declares. */
export const ProcessWords = z.strictObject({
  title: Text,
  one: Text.describe('One case of it'),
  handoffs: z.record(z.string(), Handoff),
  fields: Texts,
  values: Texts,
  outcomes: z.record(z.string(), Outcome),
  terms: Texts,
  rules: Texts.describe('Rows of its tables'),
  policies: Texts,
  actions: z.record(z.string(), Action),
  inferences: Texts,
  events: Texts,
  sources: Texts,
  reasons: Texts.default({}).describe(
    'What its tables, declarations and workflow say in English, by that text: one that was changed since stands as it is',
  ),
});

/** What no process owns. */
export const SharedWords = z.strictObject({
  queues: Texts.describe('And the other roles'),
  systems: Texts,
  operations: Texts.describe('By `system.operation`'),
  verdicts: Texts.describe('Of rules and of people'),
  stages: Texts.describe('Of cases and of handoffs'),
  states: Texts.describe('Of cases, handoffs and questions'),
  outcomes: Texts.describe('Of every process, besides its own'),
  rollbacks: Texts,
  waitingFor: Texts,
  causes: Texts,
  kinds: Texts.describe('Of handoffs'),
  handoffs: Texts.describe('Of every process, besides its own'),
  tasks: Texts,
  findings: Texts,
  lines: Texts.describe('By the types of the lines of the record'),
  measures: Texts,
  units: Texts,
  levels: Texts.describe('Of the scorecard'),
  labels: Texts.describe('Of the figures of measures'),
  steps: Texts,
  autonomy: Texts,
  breaches: Texts.describe('Of the contracts of sources'),
  scopes: Texts.describe('Of switches'),
  moments: Texts.describe('Of messages'),
  errors: Texts.describe('By the codes of problems'),
  refusals: Texts.describe('Why a step failed for good'),
});

export const Words = z.object({
  language: z.enum(languages),
  shared: SharedWords,
  sentences: Sentences.describe('What Baton itself says in English, where the language has other words for it'),
  processes: z.record(
    z.string(),
    ProcessWords.extend({ sentences: Sentences.describe('Reasons with places that hold anything') }),
  ),
});
export type Words = z.output<typeof Words>;

/** Throws where a file does not keep its shape. A process without a file is left out: its names stand as they are. */
export const readWords = (definitions: Definitions): Record<Language, Words> => ({
  en: wordsIn('en', definitions),
  de: wordsIn('de', definitions),
});

function wordsIn(language: Language, definitions: Definitions): Words {
  const processes = Object.fromEntries(
    Object.keys(definitions).flatMap((name) => {
      const file = new URL(`../workflows/${encodeURIComponent(name)}/words/${language}.json`, import.meta.url);
      return existsSync(file) ? [[name, withForms(ProcessWords.parse(json(file)))]] : [];
    }),
  );
  return {
    language,
    shared: SharedWords.parse(json(new URL(`words/${language}.json`, import.meta.url))),
    sentences: language === 'de' ? inGerman : [],
    processes,
  };
}

function withForms(words: z.output<typeof ProcessWords>): Words['processes'][string] {
  const filled = Object.entries(words.reasons).filter(([english]) => english.includes('{'));
  return { ...words, sentences: formsOf(Object.fromEntries(filled)) };
}

const json = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
