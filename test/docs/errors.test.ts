import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { refusals } from '../../activities/failures.ts';
import { problems } from '../../api/problems.ts';
import { section, tableRows } from '../../scripts/docs/pages.ts';
import { page, root } from './pages.ts';

/** The rows of the table under a heading, by their first cell. */
const tableUnder = (heading: string) =>
  tableRows(section(page('docs/errors.md'), heading)!).map(
    ([code = '', ...cells]) => [code.slice(1, -1), cells] as const,
  );

/** What activities and core name as the type of a failure, as their code has it. */
const named = (folder: string, call: RegExp) =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...page(folder + file).matchAll(call)].map(([, type]) => type!));

describe('docs/errors.md', () => {
  it('lists every code of the API with its status, and no other', () => {
    const documented = tableUnder('## Of the API').map(([code, [status]]) => [code, Number(status)]);
    const inCode = Object.entries(problems).map(([code, { status }]) => [code, status]);
    assert.deepEqual(documented.sort(), inCode.sort());
  });

  it('lists every type of failure, and no other', () => {
    const retried = named('activities/', /\blater\(\s*'([a-z-]+)'/g);
    assert.ok(retried.length > 0);
    const inCode = new Set([...refusals, ...retried]);
    assert.deepEqual(
      tableUnder('## Of a step').map(([type]) => type),
      [...inCode].sort(),
    );
  });

  it('says of each type whether it is tried again', () => {
    const retried = new Set(named('activities/', /\blater\(\s*'([a-z-]+)'/g));
    const said = tableUnder('## Of a step').filter(([, [happens]]) => happens!.startsWith('retried'));
    assert.deepEqual(
      said.map(([type]) => type),
      [...retried].sort(),
    );
  });

  it('knows every type that the code gives a failure', () => {
    const refused = named('activities/', /\brefuse\(\s*'([a-z-]+)'/g);
    const thrown = named('core/run/', /nonRetryable\([^;]*'([a-z-]+)'\)/g);
    assert.ok(thrown.length > 0);
    for (const type of [...refused, ...thrown]) assert.ok((refusals as readonly string[]).includes(type), type);
  });
});
