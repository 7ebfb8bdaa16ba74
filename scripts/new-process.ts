import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as definitions from '../workflows/definitions.ts';
import { addEntry, addLine, addPeople, addWords } from './skeleton/lists.ts';

// Makes the skeleton of a process that runs and is tested, and enters it in every list:
//   npm run new:process NAME

const root = fileURLToPath(new URL('../', import.meta.url));
const reserved = [
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete'],
  ...['do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements'],
  ...['import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public'],
  ...['return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void'],
  ...['while', 'with', 'yield', 'constructor', 'then', 'process', 'definition', 'samples'],
  ...['known', 'prepared', 'conform', 'filled'],
];
const skeleton = fileURLToPath(new URL('./skeleton/', import.meta.url));

const [name = '', ...more] = process.argv.slice(2);
const wrong = more.length > 0 ? 'Say one name: npm run new:process NAME' : problemWith(name);
if (wrong) {
  console.error(wrong);
  process.exit(1);
}

const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const words: Record<string, string> = {
  __name__: name,
  __camel__: camel,
  __system__: `${camel}Register`,
  __words__: name.replaceAll('-', ' '),
  __Title__: titled(name.replaceAll('-', ' ')),
};
const filled = (text: string) => text.replace(/__(?:name|camel|system|words|Title)__/g, (word) => words[word]!);

const made = readdirSync(skeleton, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .map((file) => ({
    file: filled(file.slice(0, -'.txt'.length)),
    text: filled(readFileSync(skeleton + file, 'utf8')),
  }));
const there = made.find(({ file }) => existsSync(root + file));
if (there) {
  console.error(`${there.file} is there already: choose another name.`);
  process.exit(1);
}

const called = (it: string) => (it === name ? it : `${it} as ${camel === name ? name : `'${name}'`}`);
const register = words['__system__']!;
const title = words['__Title__']!;
const listed = [
  changed('workflows/index.ts', addLine(`export { ${called(camel)} } from './${name}/workflow.ts';`)),
  changed('workflows/definitions.ts', addLine(`export { ${called('definition')} } from './${name}/definition.ts';`)),
  changed('workflows/samples.ts', addLine(`export { ${called('samples')} } from './${name}/samples.ts';`)),
  changed('systems/index.ts', addEntry('systems', register, `./${name}-register.ts`)),
  changed('systems/sandbox/index.ts', addEntry('all', register, `./${name}-register.ts`)),
  changed('models/stand-in/answers.ts', addEntry('known', camel, `./${name}.ts`, '...')),
  changed(
    'test/workflows/undo-examples.ts',
    addLine(`export { ${called('undoExamples')} } from './${name}/undo-examples.ts';`),
  ),
  changed(
    'api/development-people.json',
    addPeople([
      { person: `${name}-lead`, does: `leads ${words['__words__']}s`, roles: [`${name}-leads`] },
      { person: `${name}-manager`, does: `manages ${words['__words__']}s`, roles: [`${name}-managers`] },
    ]),
  ),
  changed(
    'api/words/en.json',
    addWords({
      queues: {
        [`${name}-leads`]: `${title} leads`,
        [`${name}-managers`]: `${title} managers`,
        [`${name}-requesters`]: `${title} requesters`,
      },
      systems: { [register]: `${title} register` },
      operations: {
        [`${register}.find`]: 'Read an entry',
        [`${register}.enter`]: 'Enter a note',
        [`${register}.strike`]: 'Strike a note',
      },
    }),
  ),
  changed(
    'api/words/de.json',
    addWords({
      queues: {
        [`${name}-leads`]: `Teamleitung ${title}`,
        [`${name}-managers`]: `Leitung ${title}`,
        [`${name}-requesters`]: `Antragstellende ${title}`,
      },
      systems: { [register]: `Register ${title}` },
      operations: {
        [`${register}.find`]: 'Eintrag lesen',
        [`${register}.enter`]: 'Notiz eintragen',
        [`${register}.strike`]: 'Notiz streichen',
      },
    }),
  ),
];
// Only once every list has been understood: a skeleton is made whole or not at all.
for (const { file, text } of [...made, ...listed]) {
  mkdirSync(path.dirname(root + file), { recursive: true });
  writeFileSync(root + file, await formatted(file, text));
}

for (const script of [['scripts/manifest.ts'], ['scripts/check-docs.ts', '--write']]) {
  const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

console.log(`
${name} is there, runs and is tested:
  npx mocha test/workflows/${name}.test.ts
Now make it yours, in four edits (CONTRIBUTING.md, "Add a process"):
  1. workflows/${name}/definition.ts, tables/approval.json, words/   what it declares, its rules, what people call it
  2. workflows/${name}/workflow.ts and samples.ts         its order of steps, and the cases that npm start plays
  3. systems/, systems/sandbox/, models/stand-in/         what it works with, and what stands in for that
  4. test/workflows/${name}.test.ts                       what the business relies on`);

/** `travel request` as a title: `Travel request`. */
function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function changed(file: string, edit: (text: string) => string): { file: string; text: string } {
  return { file, text: edit(readFileSync(root + file, 'utf8')) };
}

/** Names differ in length: each file is formatted as its own. Tables keep a row on a line. */
async function formatted(file: string, text: string): Promise<string> {
  if (/^workflows\/.*\.json$/.test(file)) return text;
  const { format } = await import('prettier'); // not needed to refuse a name
  const settings = JSON.parse(readFileSync(`${root}.prettierrc.json`, 'utf8')) as object;
  return format(text, { ...settings, filepath: file });
}

/** In one sentence, why the name will not do. */
function problemWith(wanted: string): string | undefined {
  if (wanted === '') return 'Say its name: npm run new:process NAME, for example travel-request.';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(wanted))
    return `${wanted} will not do: a process is named in kebab-case, as travel-request: small letters, digits, single hyphens.`;
  if (wanted.length > 40) return `${wanted} will not do: a name has at most 40 characters.`;
  if (reserved.includes(wanted)) return `${wanted} will not do: the word is taken by JavaScript or by Baton itself.`;
  if (Object.hasOwn(definitions, wanted) || existsSync(`${root}workflows/${wanted}`))
    return `${wanted} will not do: there is such a process already.`;
  return undefined;
}
