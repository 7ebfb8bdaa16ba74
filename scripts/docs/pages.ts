import { readdir, readFile } from 'node:fs/promises';

/** A Markdown file, by its path from the project's root. */
export interface Page {
  file: string;
  text: string;
}

/** Something wrong in a page, in one sentence. */
export interface Fault {
  file: string;
  problem: string;
}

/** The pages at the root and all under `docs/`, by name. */
export async function readPages(root: URL): Promise<Page[]> {
  const atRoot = await readdir(root);
  const inDocs = (await readdir(new URL('docs/', root), { recursive: true })).map((file) => `docs/${file}`);
  const files = [...atRoot, ...inDocs].filter((file) => file.endsWith('.md')).sort();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(new URL(file, root), 'utf8') })));
}

/** The text without its fenced blocks, where nothing is a link or a heading. */
export const prose = (text: string): string => text.replaceAll(/^```.*\n[^]*?^```$/gm, '');

/** What stands under a heading, up to the next one of its level. */
export function section(text: string, heading: string): string | undefined {
  const level = /^#+/.exec(heading)![0];
  const from = text.split(`${heading}\n`)[1];
  return from?.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0];
}

/** The cells of every table row, head and ruler left out. */
export const tableRows = (text: string): string[][] =>
  [...text.matchAll(/^\|(.*)\|$/gm)]
    .map(([, row]) => row!.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells, at, all) => !isRuler(cells) && !isRuler(all[at + 1] ?? []));

const isRuler = (cells: string[]) => cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell));
