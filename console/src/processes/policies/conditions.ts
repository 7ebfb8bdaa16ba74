/** A cell of a decision table, taken apart so that it can be said in words. What cannot be is `raw`: shown as it is written. */
export type Condition =
  | { is: 'value'; value: string | number | boolean }
  | { is: 'in' | 'not-in'; values: (string | number)[] }
  | { is: 'compared'; by: '>=' | '>' | '<=' | '<' | '!='; value: string | number }
  | { is: 'between'; from: number; to: number }
  | { is: 'called'; by: 'contains' | 'starts-with' | 'ends-with'; not: boolean; value: string }
  | { is: 'length'; of: Condition }
  | { is: 'all' | 'any'; of: Condition[] }
  | { is: 'raw'; expression: string };

const literal = String.raw`'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false`;
const functions = { contains: 'contains', startsWith: 'starts-with', endsWith: 'ends-with' } as const;

const patterns: readonly [RegExp, (match: RegExpExecArray) => Condition][] = [
  [new RegExp(`^(${literal})$`), ([, one]) => ({ is: 'value', value: valueOf(one!) })],
  [
    /^(not\s+)?in\s*\[(.*)\]$/,
    ([, not, list]) => ({
      is: not ? 'not-in' : 'in',
      values: [...list!.matchAll(new RegExp(literal, 'g'))].map(([one]) => valueOf(one) as string),
    }),
  ],
  [/^\[(-?[\d.]+?)\.\.(-?[\d.]+)\]$/, ([, from, to]) => ({ is: 'between', from: Number(from), to: Number(to) })],
  [
    new RegExp(`^(>=|>|<=|<|!=|==)\\s*(${literal})$`),
    ([, by, one]) =>
      by === '=='
        ? { is: 'value', value: valueOf(one!) }
        : { is: 'compared', by: by as '>', value: valueOf(one!) as number },
  ],
  [
    /^(not\s*)?\(?\s*(contains|startsWith|endsWith)\(\s*\$\s*,\s*('[^']*'|"[^"]*")\s*\)\s*\)?$/,
    ([, not, by, one]) => ({
      ...{ is: 'called', by: functions[by as keyof typeof functions], not: not !== undefined },
      value: String(valueOf(one!)),
    }),
  ],
  [/^len\(\s*\$\s*\)\s*(.+)$/, ([, rest]) => ({ is: 'length', of: conditionOf(rest!) })],
];

export function conditionOf(expression: string): Condition {
  const text = expression.trim();
  for (const [word, is] of [
    ['or', 'any'],
    ['and', 'all'],
  ] as const) {
    const parts = splitAt(text, word);
    if (parts.length > 1) return { is, of: parts.map(conditionOf) };
  }
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(text);
    if (match) return read(match);
  }
  return { is: 'raw', expression: text };
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^['"]/.test(text) ? text.slice(1, -1) : Number(text);
}

/** Where the word stands outside quotes and brackets. */
function splitAt(text: string, word: 'and' | 'or'): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/'[^']*'|"[^"]*"|[([]|[)\]]|\b(?:and|or)\b/g)) {
    if (token === '(' || token === '[') depth++;
    else if (token === ')' || token === ']') depth--;
    else if (token === word && depth === 0) {
      parts.push(text.slice(from, index));
      from = index + word.length;
    }
  }
  return [...parts, text.slice(from)];
}
