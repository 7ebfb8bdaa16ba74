import { linesOf } from './clauses.ts';
import type { Difference, Field } from './compare.ts';
import { plain } from './words.ts';

export interface CoverPage {
  fields: Field[];
  differences: Difference[];
}

/** The longest line that a rule reads. */
const longestLine = 500;

/**
 * Reads what stands before the first clause. The title of the form, its headings, one line for each of the fields, and what
 * the form itself has there may stand there; every other line is a difference.
 */
export function coverPageOf(text: string, title: string, labels: readonly string[], form: string): CoverPage {
  const left = new Set(labels);
  const headings = new Set(['cover page', 'standard terms']);
  const paragraphs = [...linesOf(form)]
    .map(({ line }) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const owed = new Set(paragraphs.map(plain));
  let untitled = true;
  const page: CoverPage = { fields: [], differences: [] };
  for (const { line, at: start } of linesOf(text)) {
    const quote = line.replace(/^[ \t]*(?:[-*+•][ \t]+)?/, '').replace(/[ \t\r]+$/, '');
    const at = start + line.indexOf(quote);
    const said = plain(quote);
    if (said === '') continue;
    const { label, says } = fieldIn(said);
    if (quote.length <= longestLine && left.delete(label)) {
      page.fields.push({ label, says, quote, at });
    } else if (untitled && isTitle(said, title)) untitled = false;
    else if (!headings.delete(headingIn(said)) && !owed.delete(said)) page.differences.push(extra(quote, at));
  }
  page.differences.push(...[...owed].map(removed));
  return page;
}

function fieldIn(said: string): { label: string; says: string } {
  const colon = said.indexOf(':');
  const [label, says] = [said.slice(0, Math.max(0, colon)), said.slice(colon + 1)];
  return { label: label.replace(/ $/, '').toLowerCase(), says: says.replace(/^ /, '') };
}

const headingIn = (said: string): string => said.replace(/^#{1,3} /, '').toLowerCase();

/** A title may say which draft it is, in one word. */
function isTitle(said: string, title: string): boolean {
  const [named = '', ...rest] = headingIn(said).split(/ - draft\b ?/);
  return named === plain(title).toLowerCase() && rest.length <= 1 && /^[\w.-]{0,40}$/.test(rest[0] ?? '');
}

const extra = (quote: string, at: number): Difference => ({
  ...{ kind: 'added', clause: 'cover', quote, at, to: at + quote.length, stood: null, wording: null },
});

const removed = (stood: string): Difference => ({
  ...{ kind: 'removed', clause: 'cover', quote: null, at: null, to: null, stood, wording: null },
});
