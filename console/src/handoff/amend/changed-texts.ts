import { type FieldsOf, isObject } from '../../shared/schema.ts';

/** The texts in a value that were changed, before and after; lines of a list are matched by their ids, else by their places. */
export function changedTexts(before: unknown, after: unknown): [before: string, after: string][] {
  if (typeof before === 'string' && typeof after === 'string') return before === after ? [] : [[before, after]];
  if (Array.isArray(before) && Array.isArray(after)) {
    const match = (line: unknown, index: number): unknown =>
      isObject(line) && 'id' in line ? before.find((one) => isObject(one) && one['id'] === line['id']) : before[index];
    return after.flatMap((line, index) => changedTexts(match(line, index), line));
  }
  if (!isObject(before) || !isObject(after)) return [];
  return Object.keys(after).flatMap((name) => changedTexts((before as FieldsOf)[name], after[name]));
}
