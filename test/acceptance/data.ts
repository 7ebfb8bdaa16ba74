import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Difference, difference } from './compare.ts';
import type { Row, SetTable } from './set.ts';

/** Where the rows are that nobody named a folder for, and what a folder does not have itself. */
export const usualFolder = fileURLToPath(new URL('../../../shared/data', import.meta.url));

export type Loaded = { skipped: string } | { rows: Row[]; differences: Difference[] };

/** A set's rows, and in what the data's parameters are not those of our tables. */
export function load(folder: string, { set, parameters }: SetTable): Loaded {
  const cases = path.join(folder, set, 'cases.jsonl');
  if (!existsSync(cases)) return { skipped: `there is no ${cases}` };
  const differences = parameters(JSON.parse(reference(folder, `${set}/policy-rules.json`)))
    .map(({ name, theirs, ours }) => difference(name, theirs, ours))
    .filter((one) => one !== undefined);
  return { rows: rowsOf(cases), differences };
}

/** A file that stands beside the rows: the folder's own, else the usual one. */
function reference(folder: string, file: string): string {
  const found = [folder, usualFolder].map((each) => path.join(each, file)).find((each) => existsSync(each));
  if (!found) throw new Error(`There is no ${file} in ${folder}`);
  return readFileSync(found, 'utf8');
}

function rowsOf(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Row];
    } catch (error) {
      throw new Error(`${file}, line ${index + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}
