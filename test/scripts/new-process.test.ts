import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addEntry } from '../../scripts/skeleton/lists.ts';
import { run } from '../docs/pages.ts';
import { database, temporal } from '../harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('npm run new:process', () => {
  let copy: string;
  before(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'baton-new-process-'));
    for (const entry of readdirSync(root).filter((one) => !/^(node_modules|\.git|\.data|coverage)$/.test(one)))
      cpSync(root + entry, path.join(copy, entry), { recursive: true });
    symlinkSync(`${root}node_modules`, path.join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  const inCopy = (file: string) => path.join(copy, file);
  const node = (program: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, [program, ...args], { folder: copy, env });
  const make = (...names: string[]) => node('scripts/new-process.ts', names);

  it('refuses a name that will not do, in one sentence, and makes nothing', async function () {
    this.timeout(120_000);
    const lists = readFileSync(inCopy('workflows/index.ts'), 'utf8');
    const names = ['', 'TravelRequest', 'travel_request', 'travel--request', '1st', '../up', 'class', 'then', 'refund'];
    for (const name of [...names, 'a'.repeat(41)]) {
      const { code, output, errors } = await make(name);
      assert.deepEqual([code, output], [1, ''], name);
      assert.match(errors, /^[^\n]+\.\n$/, name);
    }
    assert.equal((await make('two', 'names')).code, 1);
    assert.equal(readFileSync(inCopy('workflows/index.ts'), 'utf8'), lists);
  });

  it('makes a process that type-checks, passes the lint and the documents’ check, and runs its own tests', async function () {
    this.timeout(240_000);
    const { code, output, errors } = await make('travel-request');
    assert.equal(code, 0, errors);
    assert.match(output, /mocha test\/workflows\/travel-request\.test\.ts/);
    for (const file of ['definition.ts', 'workflow.ts', 'tables/approval.json', 'samples.ts', 'words/de.json'])
      assert.ok(existsSync(inCopy(`workflows/travel-request/${file}`)), file);

    const made = ['models/stand-in/travel-request.ts', 'systems/travel-request-register.ts'];
    const folders = ['workflows/travel-request', 'test/workflows/travel-request', 'systems/sandbox'];
    const own = [...folders, ...made, 'test/workflows/travel-request.test.ts'];
    const lists = ['workflows/index.ts', 'workflows/definitions.ts', 'workflows/samples.ts', 'systems/index.ts'];
    const checks: [program: string, ...args: string[]][] = [
      ['node_modules/typescript/bin/tsc', '-p', '.'],
      ['node_modules/oxlint/bin/oxlint', '--deny-warnings', ...own, ...lists],
      [
        'node_modules/prettier/bin/prettier.cjs',
        '--check',
        ...own,
        ...lists,
        'api/development-people.json',
        'api/words',
      ],
      ['scripts/check-docs.ts'],
    ];
    for (const [program, ...args] of checks) {
      const checked = await node(program, args);
      assert.equal(checked.code, 0, `${program}: ${checked.output}${checked.errors}`);
    }

    const names = ['travel-request', 'undo', 'samples', 'definitions'];
    const tests = [...names.map((name) => `test/workflows/${name}.test.ts`), 'test/api/words.test.ts'];
    const parts = { DATABASE_URL: await database(), TEMPORAL_ADDRESS: (await temporal()).address };
    const tested = await node(
      'node_modules/mocha/bin/mocha.js',
      [...tests, '--grep', 'travel.request|words of the business'],
      parts,
    );
    assert.equal(tested.code, 0, tested.output + tested.errors);
    assert.match(tested.output, /✔ that the model is not sure about/);
    assert.match(tested.output, /✔ name all that travel-request declares, and nothing else: de/);
    assert.match(tested.output, /✔ leaves nothing once it is taken back: enterNote of travel-request/);
  });

  it('makes a second one beside it, and none in its place', async function () {
    this.timeout(120_000);
    assert.equal((await make('parking')).code, 0);
    assert.match(
      readFileSync(inCopy('workflows/index.ts'), 'utf8'),
      /^export \{ parking \} from '\.\/parking\/workflow\.ts';$/m,
    );
    assert.match((await make('travel-request')).errors, /there is such a process already/);
  });
});

describe('a list with one entry a line', () => {
  it('takes an entry and its import at its end', () => {
    const list = "import { a } from './a.ts';\n\nexport const all = {\n  a,\n};\n";
    assert.equal(
      addEntry('all', 'b', './b.ts')(list),
      "import { a } from './a.ts';\nimport { b } from './b.ts';\n\nexport const all = {\n  a,\n  b,\n};\n",
    );
  });

  it('is not guessed where it is written otherwise', () => {
    assert.throws(
      () => addEntry('all', 'b', './b.ts')("import { a } from './a.ts';\nconst all = [a];\n"),
      /no list all/,
    );
  });
});
