import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { inOtherWords } from '../rules/other-words.ts';
import type german from './words/sentences.de.json';

/** `{places}` of a text hold anything. */
type Filled<Text extends string> = Text extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Text;

/** What the API says in English, whole: the compiler refuses what has no German. */
export type Sentence = '' | Filled<keyof typeof german>;

/** A sentence that only machines and their makers read: of SCIM, XML, JSON, tokens, or of a package. It stays English. */
export const forMachines = (text: string): Sentence => text as Sentence;

/** A sentence of another room, which its own test holds to have German. */
export const declared = (text: string): Sentence => text as Sentence;

export const Sentences = z.array(
  z.object({ is: z.string().describe('A regular expression with named groups'), says: z.string() }),
);
export type Sentences = z.output<typeof Sentences>;

const texts = z
  .record(z.string(), z.string().min(1))
  .parse(JSON.parse(readFileSync(new URL('words/sentences.de.json', import.meta.url), 'utf8')));

/** Forms of texts that say the same in another language; longer ones come first. */
export const formsOf = (said: Readonly<Record<string, string>>): Sentences =>
  Object.entries(said)
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([english, says]) => ({ is: `^${formOf(english)}$`, says }));

/** How what Baton itself says in English is said in German. */
export const inGerman: Sentences = formsOf(texts);

const fill = (says: string, places: Readonly<Record<string, string>>): string =>
  says.replaceAll(/\{(\w+)\}/g, (_, place: string) => places[place] ?? '');

/** A text in German where its form is known; else the text. */
export const saidInGerman = (text: string): string => inOtherWords(text, inGerman, { fill });

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/**
 * A place ends where what follows it stands first, and a match never goes back to it: whatever a customer wrote into a place, the time
 * grows with its length alone.
 */
function formOf(english: string): string {
  const [before = '', ...places] = english.split(/\{(?=\w+\})/);
  const parts = places.map((place, n) => {
    const [name = '', ...rest] = place.split('}');
    const then = literally(rest.join('}'));
    return n === places.length - 1 ? `(?<${name}>.+)${then}` : `(?=(?<${name}>.+?)${then})\\k<${name}>${then}`;
  });
  return literally(before) + parts.join('');
}
