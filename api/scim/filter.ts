import { scimProblem } from './errors.ts';

/** A filter (RFC 7644, 3.4.2.2). `path`: an attribute and, below it, another, as they were spelled. */
export type Filter =
  | { kind: 'and' | 'or'; both: [Filter, Filter] }
  | { kind: 'not'; of: Filter }
  | { kind: 'present'; path: string[] }
  | { kind: 'compare'; path: string[]; operator: Operator; value: Value }
  | { kind: 'element'; path: string[]; of: Filter };
export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type Value = string | number | boolean | null;

const token = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;
const operators = /^(eq|ne|co|sw|ew|gt|ge|lt|le)$/;
const attributePath = /^(?:urn:[\w:.-]+:)?([A-Za-z$][\w$-]*)(?:\.([A-Za-z$][\w$-]*))?$/i;
const mostTerms = 100;

/** Throws `Problem` `scim-filter-invalid`. */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  const [filter, rest] = or(tokens);
  if (rest.length > 0) throw invalid(`nothing may follow before ${rest[0]}`);
  return filter;
}

/** The parts of `emails.value`, the schema before them left out; `undefined` when it is none. */
export function pathOf(text: string): string[] | undefined {
  const [, attribute, sub] = attributePath.exec(text) ?? [];
  return attribute === undefined ? undefined : [attribute, ...(sub === undefined ? [] : [sub])];
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const [, bracket, quoted, word] = token.exec(text) ?? [];
    const found = bracket ?? quoted ?? word;
    if (found === undefined) throw invalid('a text is not closed');
    tokens.push(found);
    if (tokens.length > mostTerms * 4) throw invalid('it is too long');
  }
  return tokens;
}

type Parsed = [filter: Filter, rest: string[]];

function or(tokens: string[]): Parsed {
  let [filter, rest] = and(tokens);
  while (isWord(rest[0], 'or')) {
    const [next, left] = and(rest.slice(1));
    [filter, rest] = [{ kind: 'or', both: [filter, next] }, left];
  }
  return [filter, rest];
}

function and(tokens: string[]): Parsed {
  let [filter, rest] = term(tokens);
  while (isWord(rest[0], 'and')) {
    const [next, left] = term(rest.slice(1));
    [filter, rest] = [{ kind: 'and', both: [filter, next] }, left];
  }
  return [filter, rest];
}

function term([first, ...rest]: string[]): Parsed {
  if (first === '(') return enclosed(rest, ')');
  if (isWord(first, 'not') && rest[0] === '(') {
    const [of, left] = enclosed(rest.slice(1), ')');
    return [{ kind: 'not', of }, left];
  }
  const path = pathOf(first ?? '');
  if (!path) throw invalid(`${first ?? 'its end'} stands where an attribute must`);
  const [next, value, ...left] = rest;
  if (next === '[') {
    const [of, after] = enclosed(rest.slice(1), ']');
    return [{ kind: 'element', path, of }, after];
  }
  if (isWord(next, 'pr')) return [{ kind: 'present', path }, rest.slice(1)];
  const operator = next?.toLowerCase() ?? '';
  if (!operators.test(operator)) throw invalid(`${next ?? 'its end'} stands where an operator must`);
  return [{ kind: 'compare', path, operator: operator as Operator, value: valueOf(value) }, left];
}

function enclosed(tokens: string[], end: string): Parsed {
  const [filter, [last, ...rest]] = or(tokens);
  if (last !== end) throw invalid(`${end} is missing`);
  return [filter, rest];
}

function valueOf(text = ''): Value {
  try {
    const value: unknown = JSON.parse(/^(true|false|null)$/i.test(text) ? text.toLowerCase() : text);
    if (typeof value !== 'object' || value === null) return value as Value;
  } catch {
    // It is none.
  }
  throw invalid(`${text || 'its end'} stands where a value must`);
}

const isWord = (given: string | undefined, word: string) => given?.toLowerCase() === word;

const invalid = (why: string) => scimProblem('scim-filter-invalid', why);
