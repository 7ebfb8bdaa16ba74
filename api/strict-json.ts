import { parse, type AnyNode, type ObjectNode } from '@humanwhocodes/momoa';
import { pointerOf, Problem, type ProblemCode } from './problems.ts';

const deepest = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });
type Path = (string | number)[];

/**
 * Reads a JSON body that others could read differently from us, or that the store cannot hold, as an error: invalid UTF-8 or
 * JSON, a key named twice, `__proto__` and the like, NUL, half a surrogate pair, numbers that overflow. Throws `Problem`
 * with the field as a JSON pointer.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem('json-invalid', error instanceof SyntaxError ? error.message : 'The body is not UTF-8');
  }
  const keys = inspect(value, []);
  // `JSON.parse` keeps the last of two equal keys, so there are fewer keys in the value than colons in the text.
  if (keys !== colons(text)) throw duplicateKey(text);
  return value;
}

/** Counts the keys in a value, all levels. */
function inspect(value: unknown, path: Path): number {
  if (typeof value === 'string') return (checkText(value, path), 0);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw at('number-invalid', path, 'is too large a number');
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (path.length >= deepest) throw new Problem('json-too-deep', `Values are nested at most ${deepest} deep`);
  let keys = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      keys += inspect(value[index], path);
      path.pop();
    }
    return keys;
  }
  for (const key of Object.keys(value)) {
    path.push(key);
    checkText(key, path);
    const inner = (value as Record<string, unknown>)[key];
    if (key === '__proto__' || (key === 'constructor' && holdsPrototype(inner)))
      throw at('json-forbidden-key', path, 'is never allowed as a key');
    keys += 1 + inspect(inner, path);
    path.pop();
  }
  return keys;
}

const holdsPrototype = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');

function checkText(text: string, path: Path): void {
  if (text.includes('\0')) throw at('text-invalid', path, 'contains NUL');
  if (!text.isWellFormed()) throw at('text-invalid', path, 'contains half a surrogate pair');
}

/** Counts the colons outside strings of a text known to be valid JSON. */
function colons(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 58) found++;
    if (char !== 34) continue;
    for (at++; text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
  }
  return found;
}

function duplicateKey(text: string): Problem {
  const find = (node: AnyNode, path: Path): Path | undefined => {
    if (node.type === 'Array') return first(node.elements, (element, index) => find(element.value, [...path, index]));
    if (node.type !== 'Object') return undefined;
    const seen = new Set<string>();
    return first(node.members, ({ name, value }) => {
      const inner = [...path, keyOf(name)];
      if (seen.has(keyOf(name))) return inner;
      seen.add(keyOf(name));
      return find(value, inner);
    });
  };
  return at('json-duplicate-key', find(parse(text).body, []) ?? [], 'is there twice');
}

const keyOf = (name: ObjectNode['members'][number]['name']) => (name.type === 'String' ? name.value : name.name);

function first<T, R>(items: readonly T[], look: (item: T, index: number) => R | undefined): R | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const at = (code: ProblemCode, path: Path, message: string) => {
  const field = pointerOf(path).toWellFormed().replaceAll('\0', '\uFFFD');
  return new Problem(code, `${field || 'The body'} ${message}`, { errors: [{ field, message }] });
};
