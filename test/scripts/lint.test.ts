import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDir } from '../harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Found {
  file: string;
  rule: string;
}

/** What the project's own lint rules say of these files, in a tree of their own. */
function lint(files: Record<string, string>): Found[] {
  const dir = mkdtempSync(path.join(dataDir, 'lint-'));
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(dir, '.oxlintrc.json'));
  copyFileSync(path.join(root, 'tsconfig.json'), path.join(dir, 'tsconfig.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
  const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['-f', 'json'], {
    cwd: dir,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
  return diagnostics.map(({ filename, code }) => ({ file: filename, rule: code }));
}

const imports = 'eslint(no-restricted-imports)';
const globals = 'eslint(no-restricted-globals)';

/** One file per line of code, all held to the rules of the same folder; answers the lines that were refused. */
function refused(name: (n: number) => string, rule: string, lines: readonly string[]): string[] {
  const files = Object.fromEntries(lines.map((line, n) => [name(n), `${line}\n`]));
  const found = lint(files).filter((one) => one.rule === rule);
  return lines.filter((_, n) => found.some(({ file }) => file === name(n)));
}

const valuesOf = (...from: string[]) => from.map((it) => `import { it } from '${it}';\nit();`);
const typesOf = (...from: string[]) => from.map((it) => `import type { It } from '${it}';\nexport type Its = It[];`);

const outside = ['activities', 'systems', 'models', 'store', 'api', 'workers', 'scripts', 'test'].map(
  (folder) => `../../${folder}/it.ts`,
);
const packages = ['node:fs', 'fs', 'crypto', 'zod', 'pg', 'openai', 'express', '@temporalio/client'];
const far = [
  ...outside,
  ...packages,
  'zod/v4',
  '@temporalio/worker',
  '@temporalio/activity',
  '@temporalio/workflow/lib/x.js',
];
const declarations = [
  './definition.ts',
  '../definitions.ts',
  '../../core/values.ts',
  './eligibility.json',
  './words/en.json',
];
const near = ['@temporalio/workflow', '@temporalio/common', '../../core/process.ts', './plan.ts'];

describe('lint', function () {
  this.slow(10_000);

  for (const [what, name] of [
    ['a workflow', (n: number) => `workflows/p${n}/workflow.ts`],
    ['the list of workflows', (n: number) => `workflows/p${n}/index.ts`],
    ['the vocabulary', (n: number) => `core/p${n}/process.ts`],
  ] as const) {
    it(`lets ${what} import values from what is deterministic, and nothing else but types`, () => {
      const wrong = valuesOf(...far, ...declarations);
      assert.deepEqual(refused(name, imports, wrong), wrong);
      assert.deepEqual(refused(name, imports, [...valuesOf(...near), ...typesOf(...far, ...declarations)]), []);
      const again = ["export * from '../../store/cases.ts';", "export { it } from 'zod';", "import 'node:fs';"];
      assert.deepEqual(refused(name, imports, again), again);
    });
  }

  it('lets declarations use zod and each other, and no I/O', () => {
    const name = (n: number) => `workflows/p${n}/definition.ts`;
    const wrong = valuesOf(...outside, ...packages.filter((it) => it !== 'zod'), './words/en.json', './workflow.ts');
    assert.deepEqual(refused(name, imports, wrong), wrong);
    const right = valuesOf(
      'zod',
      '../../core/declare/define.ts',
      '../../core/declare/values.ts',
      './tables/eligibility.json',
    );
    assert.deepEqual(refused(name, imports, right), []);
    const values = {
      'core/declare/values.ts': valuesOf('zod')[0]!,
      'workflows/definitions.ts': valuesOf('./p/definition.ts')[0]!,
    };
    assert.deepEqual(lint(values), []);
    const [store] = valuesOf('../store/cases.ts');
    const both = lint({ 'core/declare/values.ts': store!, 'workflows/definitions.ts': store! });
    assert.deepEqual(
      both.map(({ rule }) => rule),
      [imports, imports],
    );
  });

  it('keeps what differs from run to run out of workflow code', () => {
    const wrong = [
      ...['process.env', 'Buffer.from("")', 'crypto.randomUUID()', 'performance.now()', 'structuredClone({})'],
      ...['setInterval(() => {}, 1)', 'setImmediate(() => {})'],
    ].map((code) => `export const it = ${code};`);
    wrong.push("export const it = async () => await fetch('http://localhost');");
    for (const folder of ['workflows', 'core'])
      assert.deepEqual(
        refused((n) => `${folder}/p${n}/workflow.ts`, globals, wrong),
        wrong,
      );
    const own = [
      "import { defineWorkflow } from '../../core/run/define-workflow.ts';\nexport const it = defineWorkflow('refund');",
    ];
    assert.deepEqual(
      refused((n) => `workflows/p${n}/workflow.ts`, globals, own),
      [],
    );
  });

  it('keeps the machine’s clock, chance and races out of workflows, which are replayed', () => {
    const wrong = ['Date.now()', 'Math.random()', 'Promise.race([])'].map((code) => `export const it = ${code};`);
    const name = (n: number) => `workflows/p${n}/workflow.ts`;
    assert.deepEqual(refused(name, 'eslint(no-restricted-properties)', wrong), wrong);
    assert.deepEqual(
      refused(name, 'eslint(no-restricted-properties)', ["export const it = Date.parse('2026-01-01');"]),
      [],
    );
  });

  it('finds a call of a step that nobody waits for', () => {
    const code = 'const act = async () => 1;\nexport async function pay() {\n  act();\n}\n';
    assert.deepEqual(
      lint({ 'workflows/p/workflow.ts': code }).map(({ rule }) => rule),
      ['typescript(no-floating-promises)'],
    );
  });
});
