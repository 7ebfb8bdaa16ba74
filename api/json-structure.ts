import { Problem, type ProblemCode } from './problems.ts';
import { pointerOf } from '../rules/json-pointer.ts';
import { forMachines, type Sentence } from './sentences.ts';

export type Path = (string | number)[];

const deepest = 64;
const mostValues = 100_000;

interface Level {
  /** The keys so far; of an array none. */
  keys?: Set<string>;
  /** Where in it we are. */
  at: string | number;
  /** The next string is a key. */
  keyNext: boolean;
}

/**
 * Looks over a JSON text before anything is built from it: a key named twice, nesting and the number of values. It stops at
 * the first fault. What is no JSON is left to the parser. Throws `Problem`.
 */
export function checkStructure(text: string): void {
  const levels: Level[] = [];
  let values = 1;
  for (let index = 0; index < text.length; index++) {
    const level = levels.at(-1);
    switch (text.charAt(index)) {
      case '{':
      case '[': {
        if (levels.length >= deepest) throw new Problem('json-too-deep', `Values are nested at most ${deepest} deep`);
        const isObject = text[index] === '{';
        levels.push(isObject ? { keys: new Set(), at: '', keyNext: true } : { at: 0, keyNext: false });
        values++;
        break;
      }
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        values++;
        if (level) enterNext(level);
        break;
      case '"': {
        const end = endOfString(text, index);
        if (level?.keys && level.keyNext) takeKey(level.keys, keyOf(text.slice(index, end + 1)), levels);
        index = end;
      }
    }
    if (values > mostValues) throw new Problem('body-too-large', `It holds more than ${mostValues} values`);
  }
}

function enterNext(level: Level): void {
  if (typeof level.at === 'number') level.at++;
  else level.keyNext = true;
}

function takeKey(keys: Set<string>, key: string | undefined, levels: readonly Level[]): void {
  const level = levels.at(-1)!;
  level.keyNext = false;
  if (key === undefined) return;
  level.at = key;
  if (keys.has(key))
    throw fault(
      'json-duplicate-key',
      levels.map(({ at }) => at),
      'is there twice',
    );
  keys.add(key);
}

/** The index of the closing quote, or the text's end. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function keyOf(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

export function fault(code: ProblemCode, path: Path, message: Sentence): Problem {
  const field = pointerOf(path).toWellFormed().replaceAll('\0', '\uFFFD');
  return new Problem(code, forMachines(`${field || 'The body'} ${message}`), { errors: [{ field, message }] });
}
