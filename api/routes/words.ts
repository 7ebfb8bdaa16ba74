import { languages } from '../../outbound/wording.ts';
import { digest } from '../../store/digest.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { readWords, Words } from '../words.ts';

type Answered = Record<string, { words: Words; etag: string }>;

/** They are files of the release: read once for the processes of an API. */
const known = new WeakMap<Deps['definitions'], Answered>();

function wordsOf({ definitions }: Pick<Deps, 'definitions'>): Answered {
  const before = known.get(definitions);
  if (before) return before;
  const all = Object.entries(readWords(definitions));
  const read = Object.fromEntries(all.map(([name, words]) => [name, { words, etag: `"${digest(words)}"` }]));
  known.set(definitions, read);
  return read;
}

/** Whether the reader has it already: `If-None-Match`, by weak comparison (RFC 9110). */
const isKnown = (given: string | undefined, etag: string): boolean =>
  given !== undefined && given.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

export const get = route({
  method: 'get',
  path: '/words/{language}',
  summary: 'What everything that is declared is called, in words of the business',
  who: 'anyone',
  answers: {
    200: { description: 'What no process owns, and by the names of the processes what they declare', schema: Words },
    304: { description: 'As `If-None-Match` says' },
  },
  problems: ['not-found'],
  async answer({ params, headers }, deps) {
    const language = languages.find((one) => one === params['language']);
    if (!language) throw new Problem('not-found', `There are words in ${languages.join(' and ')}`);
    const { words, etag } = wordsOf(deps)[language]!;
    const said = { etag, 'cache-control': 'private, max-age=60' };
    return isKnown(headers['if-none-match'], etag)
      ? { status: 304, headers: said }
      : { status: 200, headers: said, body: words };
  },
});
