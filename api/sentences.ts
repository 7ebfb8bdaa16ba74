import { readFileSync } from 'node:fs';
import { z } from 'zod';
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

/** What is longer is no sentence of ours, and looking for its form would take long. */
const longest = 4_000;

/** A text in German where its form is known, with what stands in its places in German too, so many places deep; else the text. */
export function saidInGerman(text: string, deep = 3): string {
  if (deep === 0 || text.length > longest) return text;
  for (const { is, says } of inGerman) {
    const found = new RegExp(is, 'su').exec(text);
    if (found)
      return says.replaceAll(/\{(\w+)\}/g, (_, place: string) => saidInGerman(found.groups?.[place] ?? '', deep - 1));
  }
  return text;
}

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
