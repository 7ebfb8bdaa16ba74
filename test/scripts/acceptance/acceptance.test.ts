import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { database, temporal } from '../../harness.ts';
import { compare } from '../../../scripts/acceptance/compare.ts';
import { linesIn, usualFolder } from '../../../scripts/acceptance/data.ts';
import { instant } from '../../../scripts/acceptance/run.ts';
import { type Expectation, nothing, type Observed, type Row } from '../../../scripts/acceptance/set.ts';
import { sets } from '../../../scripts/acceptance/sets/index.ts';
import { refunds } from '../../../scripts/acceptance/sets/refunds.ts';
import { goodRows, policyRules, wrongRow } from './invented-rows.ts';

describe('an acceptance run', () => {
  const main = fileURLToPath(new URL('../../../scripts/acceptance/main.ts', import.meta.url));
  let folder: string;
  let temporary: string;
  type Ended = { code: number | null; said: string; pid: number };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'baton-rows-'));
    temporary = path.join(folder, 'tmp');
    mkdirSync(temporary);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(rows: readonly object[], policy: object = policyRules, set = 'refunds'): void {
    mkdirSync(path.join(folder, set));
    writeFileSync(path.join(folder, set, 'cases.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    writeFileSync(path.join(folder, set, 'policy-rules.json'), JSON.stringify(policy));
  }

  async function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env, TMPDIR: temporary } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said, pid: child.pid! };
  }

  /** On servers that run already, as with a database and a Temporal of one's own. */
  async function runOnServers(args: string[]) {
    const DATABASE_URL = await database();
    const { address: TEMPORAL_ADDRESS } = await temporal();
    const ended = await run(args, { DATABASE_URL, TEMPORAL_ADDRESS });
    assert.deepEqual(await databasesOf(ended.pid, DATABASE_URL), [], 'its database is gone');
    assert.deepEqual(readdirSync(temporary), [], 'its files are gone');
    return ended;
  }

  async function databasesOf(pid: number, connectionString: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query('select datname from pg_database where datname like $1', [`test\\_${pid}\\_%`]);
    await client.end();
    return rows;
  }

  it('counts the rows that come out as expected, conversations apart', async () => {
    write(goodRows);
    const { code, said } = await runOnServers(['--data', folder, 'refunds']);
    assert.equal(said, 'refunds: 5 of 5 as expected\nrefunds, conversations: 2 of 2 as expected\n');
    assert.equal(code, 0);
  });

  it('names what is not as expected, and fails', async () => {
    write([goodRows[0]!, wrongRow]);
    const { code, said } = await runOnServers(['--data', folder, 'refunds']);
    assert.match(said, /^refunds: 1 of 2 as expected\n {2}t-wrong: asked: expected \["review"\], found \[\]; writes: /);
    assert.match(said, /refund_total_minor: expected 4900, found 0\n$/);
    assert.equal(code, 1);
  });

  it('stops before the first case when the data was made with other parameters than our tables', async () => {
    const { parameters, rules } = policyRules;
    write(goodRows, {
      parameters: { ...parameters, handoff_refund_minor: 60_000, handoff_items: 9 },
      rules: [{ ...rules[0], check: 'reason in {no longer needed}' }],
    });
    const { code, said } = await run(['--data', folder, 'refunds']);
    assert.match(said, /refunds: handoff_refund_minor: expected ">= 60000", found ">= 50000"/);
    assert.match(said, /refunds: RET-C2, reasons: expected \["no longer needed"\], found /);
    assert.match(said, /refunds: handoff_items: expected 9, found none/);
    assert.doesNotMatch(said, /as expected/);
    assert.equal(code, 2);
  });

  it('says which sets there are, and which the folder lacks', async () => {
    const unknown = await run(['--data', folder, 'refund']);
    assert.match(unknown.said, /There is no set refund; there are: .*\brefunds\b/);
    assert.equal(unknown.code, 2);
    const lacking = await run(['--data', folder]);
    assert.match(lacking.said, /^refunds: skipped, there is no .*cases\.jsonl$/m);
    assert.match(lacking.said, /^Nothing was compared/m);
    assert.equal(lacking.code, 2);
  });

  for (const { set, policyFile = 'policy-rules.json' } of sets.values()) {
    it(`finds some thirty rows of ${set} beside the project as expected; npm run acceptance runs them all`, async function () {
      const usual = path.join(usualFolder, set);
      if (!existsSync(usual)) {
        console.log(`      skipped: there is no ${usual}`);
        this.skip();
      }
      this.timeout(120_000);
      const rows = linesIn<Row>(path.join(usual, 'cases.jsonl')).filter(({ style }) => style !== 'conversation');
      const every = Math.ceil(rows.length / 30);
      const some = rows.filter((_, index) => index % every === 0);
      write(some, JSON.parse(readFileSync(path.join(usual, policyFile), 'utf8')) as object, set);
      const { code, said } = await runOnServers(['--data', folder, set]);
      assert.equal(said.split('\n')[0], `${set}: ${some.length} of ${some.length} as expected`, said);
      assert.equal(code, 0);
    });
  }
});

describe('the moment a case starts at', () => {
  it('is 09:00 UTC where only a date is given, and now where nothing is', () => {
    assert.equal(instant('2026-11-02'), '2026-11-02T09:00:00.000Z');
    assert.equal(instant('2026-06-26T12:45:00+02:00'), '2026-06-26T10:45:00.000Z');
    assert.ok(Math.abs(Date.parse(instant(undefined)) - Date.now()) < 1_000);
  });
});

describe('a comparison', () => {
  const cancel = (orderId: string) => ({ operation: 'orders.cancel', body: { orderId, reason: 'no longer needed' } });
  const back = (orderId: string, ...itemIds: string[]) => ({
    operation: 'orders.requestReturn',
    body: { orderId, itemIds },
  });
  const paid = (amount: number) =>
    ['ledger.postCreditNote', 'payments.refund'].map((operation) => ({ operation, body: { amount } }));
  const expected: Expectation = {
    ...{ rest: 'closed', asked: [], approvals: {}, total: 500, values: {} },
    writes: [back('O-1', 'a', 'b'), cancel('O-2')],
  };
  const none = { approved: {}, approvedFor: {}, handoffs: [], rulings: [], waitingOn: [], record: [] };
  const observed = (...writes: Observed['writes']): Observed => ({
    ...none,
    ...{ rest: 'closed', asked: [], outcome: 'refunded', result: {}, writes },
  });
  const differing = (found: Observed) => compare(refunds, expected, found).map(({ what }) => what);

  it('takes lists as sets, empty as absent, and the order of writes only within an order', () => {
    const empty = { operation: 'orders.cancel', body: { ...cancel('O-2').body, note: '', tags: [] } };
    assert.deepEqual(differing(observed(...paid(300), empty, back('O-1', 'b', 'a'), ...paid(200))), []);
  });

  it('misses a write, and finds one too many or of another kind', () => {
    const all = [back('O-1', 'a', 'b'), cancel('O-2'), ...paid(500)];
    assert.deepEqual(differing(observed(...all.slice(1))), ['writes']);
    assert.deepEqual(differing(observed(...all, cancel('O-2'))), ['writes']);
    assert.deepEqual(differing(observed(...all, { operation: 'crm.rename', body: {} })), ['writes']);
    assert.deepEqual(differing(observed(...all, { operation: 'tickets.reply', body: {} })), []);
  });

  it('sums the money in each system', () => {
    const [note, refund] = paid(500);
    const writes = [...expected.writes, note!];
    assert.deepEqual(differing(observed(...writes)), ['payments in all']);
    assert.deepEqual(differing(observed(...writes, refund!, refund!)), ['payments in all']);
  });

  it('subtracts the money that goes the other way', () => {
    const table = { values: () => ({}), totals: { 'payments.charge': 'amount', 'payments.refund': '-amount' } };
    const money = (operation: string, amount: number) => ({ operation, body: { amount } });
    const found = observed(money('payments.charge', 700), money('payments.refund', 1_000));
    assert.deepEqual(compare(table, { ...nothing, total: -300 }, found), []);
    assert.equal(compare(table, { ...nothing, total: 300 }, found)[0]?.what, 'payments in all');
  });

  it('takes those asked at once in any order, the others in theirs', () => {
    const table = { values: () => ({}) };
    const asking = (...asked: string[]) => ({ ...observed(), asked });
    const wanted = { ...nothing, asked: ['manager', ['legal', 'security']] };
    assert.deepEqual(compare(table, wanted, asking('manager', 'security', 'legal')), []);
    for (const other of [
      ['legal', 'security', 'manager'],
      ['manager', 'legal'],
      ['manager', 'legal', 'security', 'ap'],
    ])
      assert.equal(compare(table, wanted, asking(...other))[0]?.what, 'asked', other.join());
  });

  it('compares the last rule of the policy that decides', () => {
    const table = { values: () => ({}), deciding: 'exception' };
    const by = (policy: string, rule: string) => ({ policy, rule, verdict: '', outputs: {}, terms: {}, facts: [] });
    const found = { ...observed(), rulings: [by('exception', 'ok'), by('exception', 'duplicate'), by('band', 'low')] };
    assert.deepEqual(compare(table, { ...nothing, rule: 'duplicate' }, found), []);
    assert.equal(compare(table, { ...nothing, rule: 'ok' }, found)[0]?.what, 'rule');
  });

  it('takes any of several places of rest', () => {
    const wanted = { ...nothing, rest: ['closed', 'waiting for answer'] };
    assert.deepEqual(compare({ values: () => ({}) }, wanted, observed()), []);
    const elsewhere = { ...observed(), rest: 'waiting for review' };
    assert.equal(compare({ values: () => ({}) }, wanted, elsewhere)[0]?.expected, 'closed, or waiting for answer');
  });
});
