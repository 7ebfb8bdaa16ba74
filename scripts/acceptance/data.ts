import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Difference, difference } from './compare.ts';
import type { MoreRow, Row, SetTable } from './set.ts';

/** Where the rows are that nobody named a folder for, and what a folder does not have itself. */
export const usualFolder = fileURLToPath(new URL('../../../shared/data', import.meta.url));

export interface LoadedSet {
  rows: Row[];
  references: Record<string, unknown>;
  /** Rows of other kinds, by the name of their line. */
  more: [name: string, rows: MoreRow[] | string][];
  /** In what the data's parameters are not those of our tables. */
  differences: Difference[];
}

export function load(folder: string, table: SetTable): LoadedSet | { skipped: string } {
  const { set, parameters, references = {}, more = [], policyFile = 'policy-rules.json', documentOf } = table;
  const cases = path.join(folder, set, 'cases.jsonl');
  if (!existsSync(cases)) return { skipped: `there is no ${cases}` };
  const read = (file: string): unknown => {
    const text = reference(folder, file);
    return file.endsWith('.json') ? JSON.parse(text) : text;
  };
  const withDocument = (row: Row): Row => {
    if (!documentOf) return row;
    const text = reference(folder, path.join(set, documentOf(row.event)));
    return { ...row, event: { ...row.event, text } };
  };
  return {
    rows: linesIn<Row>(cases).map(withDocument),
    references: Object.fromEntries(Object.entries<string>(references).map(([name, file]) => [name, read(file)])),
    more: more.map(({ name, rows }) => [name, rows(path.join(folder, set))]),
    differences: parameters(read(`${set}/${policyFile}`))
      .map(({ name, theirs, ours }) => difference(name, theirs, ours))
      .filter((one) => one !== undefined),
  };
}

/** A file that stands beside the rows: the folder's own, else the usual one. */
function reference(folder: string, file: string): string {
  const found = [folder, usualFolder].map((each) => path.join(each, file)).find((each) => existsSync(each));
  if (!found) throw new Error(`There is no ${file} in ${folder}`);
  return readFileSync(found, 'utf8');
}

/** What each line of a file of JSON lines holds. */
export function linesIn<Held>(file: string): Held[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Held];
    } catch (error) {
      throw new Error(`${file}, line ${index + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}
