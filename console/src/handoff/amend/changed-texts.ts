import { fieldOf, type FieldsOf, isObject, type Schema } from '../../shared/schema.ts';

interface LineOf {
  line: FieldsOf;
  schema: Schema | undefined;
}

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

/** Lines of lists, with their schema, that are in one value and not in the other; by their ids, where they have some. */
export function linesWithout(these: unknown, those: unknown, schema: Schema | undefined): LineOf[] {
  if (Array.isArray(these)) {
    const others = Array.isArray(those) ? those.filter(isObject) : [];
    const isThere = (line: FieldsOf, index: number) =>
      'id' in line ? others.some(({ id }) => id === line['id']) : index < others.length;
    const lost = these.filter(isObject).filter((line, index) => !isThere(line, index));
    return lost.map((line) => ({ line, schema: schema?.items }));
  }
  if (!isObject(these)) return [];
  const other = isObject(those) ? those : {};
  return Object.keys(these).flatMap((name) => linesWithout(these[name], other[name], fieldOf(schema, name)));
}
