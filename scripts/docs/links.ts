import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { type Fault, type Page, prose, section } from './pages.ts';

/** Links that lead nowhere, to a file or to a heading in one. Addresses on the network are not followed. */
export function brokenLinks(root: URL, pages: readonly Page[]): Fault[] {
  const headings = new Map(pages.map(({ file, text }) => [file, anchorsOf(text)]));
  return pages.flatMap(({ file, text }) =>
    [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^(https?|mailto):/.test(target))
      .filter((target) => !leadsSomewhere(root, headings, file, target))
      .map((target) => ({ file, problem: `the link ${target} leads nowhere` })),
  );
}

function leadsSomewhere(root: URL, headings: Map<string, Set<string>>, from: string, target: string): boolean {
  const { href, hash } = new URL(target, new URL(from, root));
  const file = href.replace(hash, '');
  if (!file.startsWith(root.href) || !existsSync(new URL(file))) return false;
  return hash === '' || (headings.get(file.slice(root.href.length))?.has(hash.slice(1)) ?? false);
}

/** As GitHub names them. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** Files of this project that a page names, as `store/record.ts`, and that are not there. */
export async function missingFiles(root: URL, pages: readonly Page[]): Promise<Fault[]> {
  const folders = await foldersOf(root);
  return pages.flatMap(({ file, text }) =>
    pathsIn(text)
      .filter((path) => folders.includes(path.split('/')[0]!) && !existsSync(new URL(path, root)))
      .map((path) => ({ file, problem: `${path} does not exist` })),
  );
}

/** Folders that the README's table does not show the way to, and ones it shows that are not there. */
export async function unknownFolders(root: URL, { file, text }: Page): Promise<Fault[]> {
  const table = section(text, '## Find your way');
  if (table === undefined) return [{ file, problem: 'there is no section "Find your way"' }];
  const named = new Set(pathsIn(table).map((path) => path.split('/')[0]!));
  const there = await foldersOf(root);
  return [
    ...there.filter((folder) => !named.has(folder)).map((folder) => `"Find your way" does not name ${folder}/`),
    ...[...named].filter((folder) => !existsSync(new URL(folder, root))).map((folder) => `${folder}/ does not exist`),
  ].map((problem) => ({ file, problem }));
}

/** Paths of this machine: they mean nothing to whoever reads them. */
export const machinePaths = (root: URL, pages: readonly Page[]): Fault[] =>
  pages.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w.}/])\/(?:home|root|tmp|work|Users|var\/tmp)\/[\w.-]*/g)]
      .map(([path]) => path)
      .concat(text.includes(root.pathname) ? [root.pathname] : [])
      .map((path) => ({ file, problem: `${path} is a path of one machine` })),
  );

const pathsIn = (text: string): string[] =>
  [...prose(text).matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path]) => path!);

/** What stands at the root, but for what tools make there. */
async function foldersOf(root: URL): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|coverage$)/.test(entry.name))
    .map(({ name }) => name);
}
