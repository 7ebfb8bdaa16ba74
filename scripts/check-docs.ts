import { readdir, writeFile } from 'node:fs/promises';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import * as declared from '../workflows/definitions.ts';
import { brokenLinks, machinePaths, missingFiles, unknownFolders } from './docs/links.ts';
import { readPages } from './docs/pages.ts';
import { printPolicies } from './docs/policies.ts';
import { printProcesses } from './docs/processes.ts';
import { printAttribution, printMeasures } from './docs/scorecard.ts';
import { refreshed, stale } from './docs/sections.ts';

/** Holds the documents against the code; `--write` first refreshes what is printed from it. Ends with 1 on any fault. */

const root = new URL('../', import.meta.url);
const definitions: ProcessDefinition[] = Object.values(declared);
const printed = {
  policies: printPolicies(definitions),
  processes: printProcesses(definitions),
  measures: printMeasures(),
  attribution: printAttribution(),
};

if (process.argv.includes('--write')) {
  for (const page of await readPages(root)) {
    const { file, text } = refreshed(root, page, printed);
    if (text === page.text) continue;
    await writeFile(new URL(file, root), text);
    console.log(`${file}: refreshed`);
  }
}

const pages = await readPages(root);
const examples = (await readdir(new URL('docs/examples/', root))).map((file) => `docs/examples/${file}`);
const faults = [
  ...brokenLinks(root, pages),
  ...(await missingFiles(root, pages)),
  ...machinePaths(root, pages),
  ...stale(root, pages, printed, examples),
  ...(await unknownFolders(
    root,
    pages.find(({ file }) => file === 'README.md')!,
  )),
];
for (const { file, problem } of faults) console.error(`${file}: ${problem}`);
if (faults.length > 0) process.exitCode = 1;
