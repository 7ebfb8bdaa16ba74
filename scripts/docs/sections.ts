import { existsSync, readFileSync } from 'node:fs';
import type { Fault, Page } from './pages.ts';

/** Where a page shows what something else says: a table printed from the code, or a file of `docs/examples/`. */
const printedSection = /(<!-- printed: (\S+) -->\n)[^]*?(<!-- end of \2 -->)/g;
const exampleBlock = /(<!-- example: (\S+) -->\n+```\w*\n)[^]*?(^```$)/gm;

/** Texts by their names; a page takes one in between `<!-- printed: name -->` and `<!-- end of name -->`. */
export type Printed = Readonly<Record<string, string>>;

/** The page as it should be. */
export function refreshed(root: URL, { file, text }: Page, printed: Printed): Page {
  const renewed = text
    .replaceAll(printedSection, (all, open: string, name: string, close: string) =>
      printed[name] === undefined ? all : `${open}\n${printed[name].trim()}\n\n${close}`,
    )
    .replaceAll(exampleBlock, (all, open: string, path: string, close: string) => {
      const example = new URL(path, root);
      return existsSync(example) ? `${open}${readFileSync(example, 'utf8').trim()}\n${close}` : all;
    });
  return { file, text: renewed };
}

/** Pages that differ from what they should be, and sections and examples that nobody prints or shows. */
export function stale(root: URL, pages: readonly Page[], printed: Printed, examples: readonly string[]): Fault[] {
  const shown = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/<!-- (printed|example): (\S+) -->/g)].map(([, kind, name]) => ({ file, kind, name: name! })),
  );
  const isShown = (wanted: string) => shown.some(({ name }) => name === wanted);
  return [
    ...pages
      .filter((page) => refreshed(root, page, printed).text !== page.text)
      .map(({ file }) => ({ file, problem: 'is stale: npx node scripts/check-docs.ts --write refreshes it' })),
    ...shown
      .filter(({ kind, name }) => (kind === 'printed' ? !Object.hasOwn(printed, name) : !examples.includes(name)))
      .map(({ file, kind, name }) => ({ file, problem: `there is no ${kind} ${name}` })),
    ...[...Object.keys(printed), ...examples]
      .filter((name) => !isShown(name))
      .map((name) => ({ file: 'docs/', problem: `no page shows ${name}` })),
  ];
}
