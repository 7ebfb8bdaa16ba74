import zen from '@gorules/zen-engine';

/** What values a fact has, as far as its cells must know. */
export type Kind = { type: 'boolean' | 'number' | 'string' | 'list'; values?: readonly unknown[] | undefined };

/** Whether the condition holds for this value. Throws what ZEN throws. */
export const holds = (expression: string, value: unknown) => zen.evaluateUnaryExpressionSync(expression, { $: value });

/** ZEN computes in decimals of 28 digits and aborts the whole process on a number outside them, such as 1e30 or 1e-30. */
export const fit = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(fit);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'number' || value === 0) return true;
  return Math.abs(value) >= 1e-6 && Math.abs(value) <= 1e15;
};

const FUNCTIONS = ['abs', 'contains', 'endsWith', 'len', 'lower', 'startsWith', 'trim', 'upper'];
const WORDS = ['and', 'or', 'not', 'in', 'true', 'false'];
const TOKEN =
  /\s+|(?<string>'[^'\\]*'|"[^"\\]*")|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_#$][\w$]*)|(?<mark>\.\.|[=!<>]=|[<>()[\],-])|(?<other>[^])/gu;

/**
 * Why this cell may not be used, if so. What is let through is less than ZEN takes: an unknown word is null to it, so the
 * cell would never hold (or, after `!=`, always); arithmetic can overflow, which aborts the process.
 */
export const faultOf = (expression: string, kind: Kind): string | undefined => {
  const tokens = [...expression.matchAll(TOKEN)].filter((match) => match[0].trim() !== '');
  if (tokens.length === 0) return 'an empty cell: leave it out, or say what must hold';
  const isCall = (at: number) => FUNCTIONS.includes(tokens[at]?.[0] ?? '') && tokens[at + 1]?.[0] === '(';
  const calls = tokens.some((_, at) => isCall(at));
  if (kind.type === 'list' && !calls) return 'a list is tested with contains($, …) or len($)';
  for (const [at, match] of tokens.entries()) {
    const token = match[0];
    const { string, number, word, other } = match.groups!;
    if (other !== undefined) return `${token} may not be used in a cell`;
    if (token === '$' && !(at >= 2 && isCall(at - 2))) return '$ stands only as the first argument of a function';
    if (word !== undefined && word !== '$' && !WORDS.includes(word) && !isCall(at))
      return `unknown word ${word}: quote a text`;
    if (token === '-' && (!tokens[at + 1]?.groups!['number'] || /^[\w\])'"]/.test(tokens[at - 1]?.[0] ?? '')))
      return '- stands only before a number';
    if (number !== undefined && !fit(Number(number))) return `${token} is too large or too fine`;
    if (calls) continue;
    const literal =
      string === undefined ? (number ?? (word === 'true' || word === 'false' ? word : undefined)) : string.slice(1, -1);
    if (literal === undefined) continue;
    const type = string !== undefined ? 'string' : number !== undefined ? 'number' : 'boolean';
    if (type !== kind.type) return `${token} is compared with a ${kind.type}`;
    if (type === 'string' && kind.values && !kind.values.includes(literal))
      return `${token} is none of the fact's values`;
  }
  try {
    holds(expression, { boolean: true, number: 1, string: kind.values?.[0] ?? '', list: [] }[kind.type]);
    return undefined;
  } catch (error) {
    return `not an expression: ${/"source":"([^"]*)"/.exec(String(error))?.[1] ?? 'it cannot be evaluated'}`;
  }
};
