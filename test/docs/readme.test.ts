import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { freePort } from '../../environment/free-port.ts';
import { type Service, startService } from '../../scripts/embedded/service.ts';
import * as definitions from '../../workflows/definitions.ts';
import * as samples from '../../workflows/samples.ts';
import { until } from '../world.ts';
import { blocks, page, run } from './pages.ts';

const byDefault = 'http://127.0.0.1:8080';
const embedded = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'OPENAI_API_KEY', 'OPENAI_BASE_URL'];
const parts = [...embedded, 'SYSTEMS_URL', 'OIDC_ISSUER', 'PAYLOAD_KEYS'];

describe('the README', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-readme-'));
  let baton: Service | undefined;

  before(async function () {
    this.timeout(200_000);
    if (spawnSync('curl', ['--version']).status !== 0) this.skip();
    const none = Object.fromEntries(parts.map((name) => [name, undefined]));
    baton = await startService({
      entry: 'scripts/start.ts',
      env: { ...none, DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()) },
      readyLine: /API {2,}(\S+)\/docs/,
      readyWithinMs: 150_000,
    });
  });
  after(async function () {
    this.timeout(120_000);
    await baton?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const curl = async (command: string) => {
    const { code, output, errors } = await run('sh', ['-c', command.replaceAll(byDefault, baton!.url)]);
    assert.equal(code, 0, errors);
    return JSON.parse(output) as Record<string, any>;
  };

  it('shows how to start a refund and approve it, as written', async () => {
    const [start, approve, look, ...more] = blocks(page('README.md'), 'curl');
    assert.deepEqual(more, []);
    assert.deepEqual(await curl(start!), { caseId: 'refund/readme-1', url: '/cases/refund%2Freadme-1' });
    const { decision } = await curl(approve!);
    assert.equal(decision.by, 'leo');
    const closed = await until(async () => {
      const seen = await curl(look!);
      return seen['status'] === 'closed' && seen;
    }, 'the refund closes');
    assert.equal(closed['outcome'], 'refunded');
    assert.equal(closed['result'].amount, 74_400);
  });

  it('starts a Baton that has played every sample to its end, or to where nobody answers', async () => {
    const token = await (await fetch(`${baton!.url}/dev/identity/tokens/ada`)).text();
    const headers = { authorization: `Bearer ${token}` };
    for (const [process, all] of Object.entries(samples)) {
      const definition: ProcessDefinition = definitions[process as keyof typeof definitions];
      for (const { request } of all) {
        const caseId = caseIdOf(definition, definition.request.parse(request));
        const { status, waitingOn } = (await (
          await fetch(`${baton!.url}/cases/${encodeURIComponent(caseId)}`, { headers })
        ).json()) as { status: string; waitingOn: unknown[] };
        assert.ok(status === 'closed' || waitingOn.length > 0, caseId);
      }
    }
  });

  it('starts a Baton in which something waits for those who look around', async () => {
    const get = async (person: string, path: string) => {
      const token = await (await fetch(`${baton!.url}/dev/identity/tokens/${person}`)).text();
      const response = await fetch(baton!.url + path, { headers: { authorization: `Bearer ${token}` } });
      return (await response.json()) as Record<string, any>;
    };
    const { handoffs } = await get('ada', '/handoffs?state=open&limit=200');
    const each = (name: string) => new Set(handoffs.map((one: Record<string, string>) => one[name]));
    assert.deepEqual([...each('process')].sort(), Object.keys(samples).sort());
    assert.ok(each('owner').size >= 8);
    assert.ok(each('kind').has('task'));
    const { questions } = await get('rita', '/questions');
    assert.deepEqual(
      questions.map(({ mayAnswer }: { mayAnswer: boolean }) => mayAnswer),
      [true],
    );
    for (const person of ['rita', 'nora']) assert.ok((await get(person, '/me/requests')).cases.length > 0, person);
    const { measures } = await get('delia', '/scorecard');
    const closed = measures.find(({ name }: { name: string }) => name === 'closed');
    assert.ok(closed.figures[0].value > 50);
  });

  it('starts a Baton whose records verify by the example', async () => {
    const token = await (await fetch(`${baton!.url}/dev/identity/tokens/ada`)).text();
    const headers = { authorization: `Bearer ${token}` };
    const record = await fetch(`${baton!.url}/cases/refund%2Fsample-6/record`, { headers });
    const { code, output } = await run(process.execPath, ['docs/examples/verify-record.ts'], {
      input: await record.text(),
    });
    assert.equal(code, 0);
    assert.match(output, /^\d+ lines, unbroken/);
  });
});
