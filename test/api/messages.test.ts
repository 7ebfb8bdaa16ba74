import assert from 'node:assert/strict';
import people from '../../api/development-people.json' with { type: 'json' };
import { routes } from '../../api/routes.ts';
import { parameters } from '../../api/examples.ts';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { notificationsOf, setNotifications } from '../../store/notifications.ts';
import { until } from '../world.ts';
import { at, waitingCase, world, type World } from './world.ts';

const url = 'https://hooks.slack.com/services/T0/B0/secret-path';

describe('messages over HTTP', function () {
  this.timeout(120_000);
  let here: World;
  let handoffId: string;
  before(async () => {
    here = await world();
    await here.pool.query("insert into queue_leads (queue, person) values ('support-leads', 'leo')");
    handoffId = (await waitingCase(here.pool, 'r-1')).id;
    await until(async () => (await mails()).length > 0, 'leo has mail');
  });
  after(() => here.close());

  const mails = async () => (await here.call('GET', '/dev/mail')).body.mails as { to: string; text: string }[];
  const answer = async (method: string, path: string, as: string, body?: object) => {
    const got = await here.call(method, path, { as, ...(body ? { body } : {}) });
    return got.status < 400 ? String(got.status) : `${got.status} ${got.body.code}`;
  };

  it('are read in development without a mail server, and lead to the API', async () => {
    const [mail] = await mails();
    assert.equal(mail!.to, 'leo@example.com');
    const [link] = /http:\/\/127\.0\.0\.1:\d+\/handoffs\/\S+/.exec(mail!.text)!;
    assert.ok(link.startsWith(here.api.url));
    assert.equal((await here.call('GET', link.slice(here.api.url.length), { as: 'leo' })).body.id, handoffId);
  });

  it('are shown to nobody in production by a page that needs no token', async () => {
    const production = await world({ production: true, issuer: 'https://id.example' });
    const { status } = await production.call('GET', '/dev/mail');
    await production.close();
    assert.equal(status, 404);
    assert.ok(production.reports.includes('SMTP_URL is not set: nobody gets mail.'));
  });

  it('are listed to administrators and auditors, and to everybody else their own mail alone', async () => {
    await here.pool.query(
      `insert into messages (source, receiver, channel, moment, path, state) values
       ('x', 'mia', 'mail', 'opened', '/handoffs/x', 'undeliverable'), ('x', 'support-leads', 'chat', 'opened', '/handoffs/x', 'sent'),
       ('x', 'leo', 'chat', 'opened', '/handoffs/x', 'sent')`,
    );
    for (const { person, roles } of people) {
      const { status, body } = await here.call('GET', '/messages', { as: person });
      assert.equal(status, 200);
      const seen = [...new Set(body.messages.map(({ receiver, channel }: any) => `${channel} ${receiver}`))].toSorted();
      const all = ['chat leo', 'chat support-leads', 'mail leo', 'mail mia'];
      const own = all.filter((one) => one === `mail ${person}`);
      assert.deepEqual(seen, roles.some((role) => ['admin', 'auditor'].includes(role)) ? all : own, person);
    }
    const { body } = await here.call('GET', '/messages?state=undeliverable', { as: 'ada' });
    assert.deepEqual(
      body.messages.map(({ receiver }: any) => receiver),
      ['mia'],
    );
    await here.pool.query("delete from messages where source = 'x'");
  });

  it('are listed page by page', async () => {
    await here.pool.query(
      "insert into messages (source, receiver, channel, moment, state) select 's' || n, 'mia', 'mail', 'digest', 'sent' from generate_series(1, 5) n",
    );
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await here.call('GET', `/messages?limit=2&receiver=mia${after}`, { as: 'ada' });
      seen.push(...body.messages.map(({ id }: any) => id));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    assert.equal(new Set(seen).size, 5);
    assert.equal(await answer('GET', '/messages?after=nonsense', 'ada'), '400 query-invalid');
    await here.pool.query("delete from messages where receiver = 'mia'");
  });

  it('that could not be delivered are sent again by an administrator alone, and only those', async () => {
    const insert = `insert into messages (source, receiver, channel, moment, handoff_id, path, state, because)
      values ('again', 'leo', 'mail', 'opened', $1, '/handoffs/again', 'undeliverable', 'no-address') returning key`;
    const { key } = (await here.pool.query(insert, [handoffId])).rows[0];
    for (const { person, roles } of people.filter(({ roles }) => !roles.includes('admin')))
      assert.equal(await answer('POST', `/messages/${key}/resend`, person), '403 role-missing', roles.join());
    const before = (await mails()).length;
    assert.equal(await answer('POST', `/messages/${key}/resend`, 'amos'), '200');
    await until(async () => (await mails()).length > before, 'it came');
    await until(
      async () => (await answer('POST', `/messages/${key}/resend`, 'amos')) === '409 not-undeliverable',
      'it is sent',
    );
    for (const id of ['nonsense', '0b9f6a52-2a55-4d8e-9d0c-6f8d1c1f6a11', "'; drop table messages"])
      assert.equal(await answer('POST', `/messages/${at(id)}/resend`, 'amos'), '404 not-found');
  });

  it('come as each person chose', async () => {
    const usual = (await here.call('GET', '/me/notifications', { as: 'leo' })).body;
    assert.deepEqual(
      [usual.mail['at-risk'], usual.mail.escalated, usual.mail.assigned, usual.language, usual.timeZone, usual.address],
      ['at-once', 'at-once', 'at-once', 'en', 'UTC', 'leo@example.com'],
    );
    const wanted = {
      mail: { opened: 'digest', decided: 'never' },
      language: 'de',
      timeZone: 'Europe/Berlin',
      digestAt: '07:30',
    };
    const { body, status } = await here.call('PUT', '/me/notifications', { as: 'leo', body: wanted });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ...usual,
      ...wanted,
      mail: { ...usual.mail, opened: 'digest', decided: 'never' },
    });
    assert.deepEqual((await here.call('GET', '/me/notifications', { as: 'leo' })).body, body);
    assert.equal((await here.call('GET', '/me/notifications', { as: 'mia' })).body.language, 'en');
  });

  it('come to nobody by a choice that makes no sense', async () => {
    for (const [body, field] of [
      [{ timeZone: 'Mars/Olympus' }, '/timeZone'],
      [{ timeZone: "UTC'; drop table messages" }, '/timeZone'],
      [{ language: 'fr' }, '/language'],
      [{ digestAt: '25:00' }, '/digestAt'],
      [{ mail: { opened: 'often' } }, '/mail/opened'],
      [{ mail: { nothing: 'never' } }, '/mail/nothing'],
      [{ address: 'eve@evil.example' }, '/address'],
    ] as const) {
      const got = await here.call('PUT', '/me/notifications', { as: 'mia', body });
      assert.deepEqual([got.status, got.body.errors[0].field], [422, field]);
    }
  });

  it('make nobody known to the store who was not: their roles stay those of their token', async () => {
    const usual = {
      mail: {},
      language: 'en',
      timeZone: 'UTC',
      digestAt: '08:00',
      queueDigest: 'never',
      weeklyReport: 'never',
    } as const;
    await setNotifications(here.pool, 'stranger', usual);
    assert.deepEqual((await here.pool.query("select 1 from people where person = 'stranger'")).rows, []);
    assert.equal((await notificationsOf(here.pool, 'stranger')).queueDigest, 'never');
  });

  it('go to a queue’s chat, which its lead or an administrator sets, and whose URL nobody sees again', async () => {
    for (const { person, roles } of people) {
      const may = roles.includes('admin') || person === 'leo';
      const expected = may ? '200' : '403 not-your-queue';
      assert.equal(await answer('PUT', '/queues/support-leads/chat', person, { kind: 'slack', url }), expected, person);
      for (const method of ['GET', 'DELETE'])
        assert.equal(await answer(method, '/queues/support-leads/chat', person), expected, person);
    }
    assert.equal(await answer('PUT', '/queues/finance/chat', 'leo', { kind: 'slack', url }), '403 not-your-queue');
    assert.equal(await answer('PUT', '/queues/nowhere/chat', 'amos', { kind: 'slack', url }), '404 not-found');
    await here.call('PUT', '/queues/support-leads/chat', { as: 'leo', body: { kind: 'teams', url } });
    for (const as of ['leo', 'amos']) {
      const { text, body } = await here.call('GET', '/queues/support-leads/chat', { as });
      assert.deepEqual([body.kind, body.setBy], ['teams', 'leo']);
      assert.ok(!text.includes('secret-path'));
    }
    assert.deepEqual((await here.call('DELETE', '/queues/support-leads/chat', { as: 'leo' })).body, {
      ...{ queue: 'support-leads', kind: null },
    });
  });

  it('go to no chat that is not reached by https, or is inside', async () => {
    for (const bad of [
      'http://127.0.0.1/x',
      'https://127.0.0.1/x',
      'https://10.0.0.1/x',
      'https://u:p@hooks.slack.com/',
      'file:///etc/passwd',
      'x',
    ]) {
      const got = await here.call('PUT', '/queues/support-leads/chat', {
        as: 'leo',
        body: { kind: 'slack', url: bad },
      });
      assert.deepEqual([got.status, got.body.errors[0].field], [422, '/url'], bad);
      assert.ok(!got.text.includes('/x"'), 'it is not shown again');
    }
  });

  it('hold links that decide nothing: no GET changes anything', async () => {
    await withHandoff(here.pool, handoffId, (db, handoff) =>
      decide(db, handoff!, { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' }),
    );
    const open = await waitingCase(here.pool, 'r-2');
    const settled = "select 1 from outbox union all select 1 from messages where state in ('waiting', 'sending')";
    await until(async () => (await here.pool.query(settled)).rows.length === 0, 'all is sent');
    const before = await everything();
    const links = (await mails()).flatMap(({ text }) => text.match(/http:\/\/127\.0\.0\.1:\d+\/\S+/g) ?? []);
    const known: Record<string, string> = { ...parameters, handoffId: open.id, caseId: open.caseId };
    const paths = [
      ...links.map((link) => link.slice(here.api.url.length)),
      ...routes
        .filter(({ method }) => method === 'get')
        .map(({ path }) => path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => at(known[name] ?? 'x'))),
    ];
    assert.ok(links.length >= 3);
    for (const path of paths)
      for (const as of ['leo', 'ada', 'rita', 'storefront']) {
        for (const method of ['GET', 'HEAD']) {
          const { status } = await here.call(method, path, { as });
          assert.ok(status !== 500, `${path} ${status}`);
        }
      }
    assert.deepEqual(await everything(), before);
  });

  /** All rows of the store, but for what the watch over cases writes by itself. */
  async function everything(): Promise<Record<string, string>> {
    const tables = await here.pool.query(
      "select table_name as name from information_schema.tables where table_schema = 'baton' and table_type = 'BASE TABLE'",
    );
    const all: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const text = `select md5(coalesce(string_agg(r, '' order by r), '')) as sum from (select (to_jsonb(t) - 'looked_at')::text as r from "${name}" t) rows`;
      all[name] = (await here.pool.query(text)).rows[0].sum;
    }
    return all;
  }
});
