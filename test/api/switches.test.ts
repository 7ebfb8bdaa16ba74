import assert from 'node:assert/strict';
import people from '../../api/development-people.json' with { type: 'json' };
import { setRoles } from '../../store/members.ts';
import { world, type World } from './world.ts';

const because = 'we look into it';

describe('switches and levels of autonomy over HTTP', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const put = (path: string, as: string, body: object = { stopped: true, because }) =>
    here.call('PUT', path, { as, body });
  const codeOf = async (call: ReturnType<typeof put>) => {
    const { status, body } = await call;
    return status < 400 ? String(status) : `${status} ${body.code}`;
  };
  const whoMay = async (path: string, body?: object) => {
    const all = await Promise.all(people.map(async ({ person }) => [person, await codeOf(put(path, person, body))]));
    for (const [person, code] of all) assert.ok(code === '200' || code === '403 role-missing', `${person}: ${code}`);
    return all.filter(([, code]) => code === '200').map(([person]) => person);
  };

  it('are an administrator’s, and for a process its owner’s; nobody else’s', async () => {
    const level = { level: 'assist', because };
    assert.deepEqual(await whoMay('/switches/process/refund'), ['svea', 'amos']);
    assert.deepEqual(await whoMay('/processes/refund/autonomy', level), ['svea', 'amos']);
    assert.deepEqual(await whoMay('/processes/insurance-claim/autonomy', level), ['clara', 'amos']);
    for (const path of ['/switches/all/all', '/switches/system/payments', '/switches/model/stand-in'])
      assert.deepEqual(await whoMay(path), ['amos'], path);
  });

  it('are not an owner’s whom the store took out of the queue', async () => {
    await setRoles(here.pool, 'svea', []);
    assert.equal(await codeOf(put('/switches/process/refund', 'svea')), '403 role-missing');
    await setRoles(here.pool, 'svea', ['customer-support']);
  });

  it('are read by auditors, administrators and queues', async () => {
    for (const path of ['/switches', '/processes/refund/autonomy']) {
      for (const as of ['ada', 'amos', 'leo', 'svea']) assert.equal((await here.call('GET', path, { as })).status, 200);
      for (const as of ['rita', 'storefront']) assert.equal((await here.call('GET', path, { as })).status, 403);
    }
  });

  it('say what stands, who changed it, when, why, from what to what', async () => {
    await put('/switches/system/ledger', 'amos');
    await put('/switches/system/ledger', 'amos', { stopped: false, because: 'mended' });
    const { body } = await here.call('GET', '/switches?limit=2', { as: 'ada' });
    const [lifted, stopped] = body.changes;
    const same = { scope: 'system', name: 'ledger', by: 'amos' };
    assert.deepEqual(lifted, { ...same, was: true, stopped: false, because: 'mended', at: lifted.at });
    assert.deepEqual(stopped, { ...same, was: false, stopped: true, because, at: stopped.at });
    assert.ok(stopped.at <= lifted.at);
    const now = body.switches.find(({ name }: { name: string }) => name === 'ledger');
    assert.deepEqual(now, { ...same, stopped: false, because: 'mended', at: lifted.at });
  });

  it('have a history that nobody pushes out of sight: what changes nothing adds nothing, and it has pages', async () => {
    const read = async (path: string, next?: string) =>
      (await here.call('GET', `${path}?limit=2${next ? `&before=${next}` : ''}`, { as: 'ada' })).body;
    const all = async (path: string) => {
      const pages = [await read(path)];
      for (let { next } = pages[0]; next; { next } = pages.at(-1)) pages.push(await read(path, next));
      return pages.flatMap(({ changes }) => changes);
    };
    for (const [path, change] of [
      ['/switches/process/order-exception', (n: number) => ({ stopped: n % 2 === 0 })],
      ['/processes/order-exception/autonomy', (n: number) => ({ level: n % 2 ? 'assist' : 'observe' })],
    ] as const) {
      const list = path.startsWith('/switches') ? '/switches' : path;
      const before = (await all(list)).length;
      for (let n = 0; n < 5; n++)
        for (const why of [`${n}`, 'the same again']) {
          const got = await put(path, 'amos', { ...change(n), because: why });
          assert.equal(got.status, 200, got.text);
          assert.equal((got.body.changes?.[0] ?? got.body).because, `${n}`);
        }
      const found = await all(list);
      assert.equal(found.length, before + 5);
      assert.deepEqual(
        found.slice(0, 5).map((one: { because: string }) => one.because),
        ['4', '3', '2', '1', '0'],
      );
    }
    assert.equal((await read('/processes/order-exception/autonomy')).level, 'observe');
    const never = await put('/switches/model/never-used', 'amos', { stopped: false, because });
    const nobody = { by: null, because: null, at: null };
    assert.deepEqual(never.body, { scope: 'model', name: 'never-used', stopped: false, ...nobody });
    assert.doesNotMatch(JSON.stringify(await read('/switches')), /never-used/);
  });

  const wrong: [string, object, string, string][] = [
    ['/switches/process/refunds', { stopped: true, because }, '404 not-found', 'name'],
    ['/switches/system/nowhere', { stopped: true, because }, '404 not-found', 'name'],
    ['/switches/all/refund', { stopped: true, because }, '404 not-found', 'name'],
    ['/switches/world/refund', { stopped: true, because }, '404 not-found', 'scope'],
    [`/switches/model/${'m'.repeat(201)}`, { stopped: true, because }, '404 not-found', 'name'],
    ['/switches/process/refund', { stopped: 'yes', because }, '422 request-invalid', '/stopped'],
    ['/switches/process/refund', { stopped: true }, '422 request-invalid', '/because'],
    ['/switches/process/refund', { stopped: true, because: '' }, '422 request-invalid', '/because'],
    ['/processes/refund/autonomy', { level: 'alone', because }, '422 request-invalid', '/level'],
    ['/processes/refund/autonomy', { level: 'assist' }, '422 request-invalid', '/because'],
  ];
  for (const [path, body, code, field] of wrong) {
    it(`refuse what is none, and name it: ${path.slice(0, 60)} ${JSON.stringify(body)}`, async () => {
      const got = await put(path, 'amos', body);
      assert.equal(`${got.status} ${got.body.code}`, code);
      assert.deepEqual(
        got.body.errors.map((one: { field: string }) => one.field),
        [field],
      );
    });
  }

  it('know no process that is not declared', async () => {
    assert.equal(
      await codeOf(put('/processes/constructor/autonomy', 'amos', { level: 'assist', because })),
      '404 not-found',
    );
    assert.equal(await codeOf(put('/switches/process/constructor', 'amos')), '404 not-found');
    assert.equal((await here.call('GET', '/processes/nothing/autonomy', { as: 'ada' })).status, 404);
  });

  it('are a metric while they stop something', async () => {
    const metrics = async () => (await here.call('GET', '/metrics', { as: 'ada' })).text;
    await put('/switches/system/tickets', 'amos');
    assert.match(await metrics(), /^baton_stopped\{scope="system",name="tickets"\} 1$/m);
    await put('/switches/system/tickets', 'amos', { stopped: false, because });
    assert.doesNotMatch(await metrics(), /name="tickets"/);
    assert.match(await metrics(), /^baton_autonomy\{process="insurance-claim",level="assist"\} 1$/m);
  });

  for (const table of ['switch_changes', 'autonomy_changes']) {
    it(`keep their history as it was: ${table}`, async () => {
      for (const change of [`update ${table} set by = 'nobody'`, `delete from ${table}`, `truncate ${table}`])
        await assert.rejects(here.pool.query(change), /append-only/);
    });
  }

  it('are each one change after the other, also when many come at once', async () => {
    const path = '/switches/system/hr';
    assert.equal(await codeOf(put(path, 'amos')), '404 not-found'); // it is only read
    const all = Array.from({ length: 10 }, (_, n) =>
      put('/switches/system/orders', 'amos', { stopped: n % 2 === 0, because }),
    );
    await Promise.all(all);
    const { rows } = await here.pool.query<{ was: boolean; stopped: boolean }>(
      `select was, stopped from switch_changes where name = 'orders' order by id`,
    );
    assert.ok(rows.length > 0);
    rows.forEach(({ was, stopped }, n) => assert.deepEqual([was, stopped], [n % 2 === 1, n % 2 === 0]));
  });
});
