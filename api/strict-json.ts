import { checkStructure, fault, type Path } from './json-structure.ts';
import { Problem } from './problems.ts';
import { forMachines } from './sentences.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body that others could read differently from us, or that the store cannot hold, as an error: invalid UTF-8 or
 * JSON, a key named twice, `__proto__` and the like, NUL, half a surrogate pair, numbers that overflow. Throws `Problem`
 * with the field as a JSON pointer.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    const text = utf8.decode(bytes);
    checkStructure(text);
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'json-invalid',
      error instanceof SyntaxError ? forMachines(error.message) : 'The body is not UTF-8',
    );
  }
  inspect(value, []);
  return value;
}

function inspect(value: unknown, path: Path): void {
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw fault('number-invalid', path, 'is too large a number');
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) inspect(inner, [...path, index]);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key];
    checkText(key, at);
    if (key === '__proto__' || (key === 'constructor' && holdsPrototype(inner)))
      throw fault('json-forbidden-key', at, 'is never allowed as a key');
    inspect(inner, at);
  }
}

const holdsPrototype = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');

function checkText(text: string, path: Path): void {
  if (text.includes('\0')) throw fault('text-invalid', path, 'contains NUL');
  if (!text.isWellFormed()) throw fault('text-invalid', path, 'contains half a surrogate pair');
}
