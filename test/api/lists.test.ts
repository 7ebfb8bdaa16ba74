import assert from 'node:assert/strict';
import { openHandoff } from '../../store/open-handoff.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('lists of cases and handoffs', () => {
  let here: World;
  before(async () => {
    here = await world();
    // Opened in this order; what is due soonest was asked neither first nor last.
    for (const [id, hours] of [
      ['tuesday', 48],
      ['today', 2],
      ['tomorrow', 24],
      ['done-early', 1],
      ['done-late', 72],
    ] as const)
      await waitingCase(here.pool, id, { escalatesInMs: hours * 3_600_000, expiresInMs: 90 * 3_600_000 });
    await waitingCase(here.pool, 'escalated', { escalatesInMs: 1_000, expiresInMs: 12 * 3_600_000 });
    await here.pool.query(`update handoffs set sla_stage = 'escalated' where case_id = 'refund/escalated'`);
    await waitingCase(here.pool, 'at-work');
    await here.pool.query(`update handoffs set state = 'withdrawn' where case_id = 'refund/at-work'`);
    for (const id of ['done-early', 'done-late']) {
      await here.pool.query(`update handoffs set state = 'withdrawn' where case_id = $1`, [`refund/${id}`]);
      await here.pool.query(`update cases set closed_at = now(), outcome = 'refunded' where case_id = $1`, [
        `refund/${id}`,
      ]);
    }
  });
  after(() => here.close());

  /** Page by page, as `next` says. */
  async function all(
    path: string,
    name: 'cases' | 'handoffs',
    page: string,
    between = async () => {},
  ): Promise<string[]> {
    const found: string[] = [];
    for (let next: string | undefined; found.length < 20;) {
      const { status, body, text } = await here.call('GET', `${path}${next ? `&${page}=${at(next)}` : ''}`, {
        as: 'ada',
      });
      assert.equal(status, 200, text);
      found.push(...body[name].map((one: { caseId: string }) => one.caseId.replace('refund/', '')));
      next = body.next as string | undefined;
      if (next === undefined) return found;
      await between();
    }
    return found;
  }
  const open = ['today', 'escalated', 'tomorrow', 'tuesday'];

  for (const limit of [1, 2, 3, 50]) {
    it(`show what is open first, and of that what is due first: ${limit} to a page`, async () => {
      const cases = [...open, 'at-work', 'done-late', 'done-early'];
      assert.deepEqual(await all(`/cases?limit=${limit}`, 'cases', 'before'), cases);
      const handoffs = [...open, 'done-early', 'at-work', 'done-late'];
      const found = await all(`/handoffs?limit=${limit}`, 'handoffs', 'after');
      assert.deepEqual(found.slice(0, 4), open);
      assert.deepEqual(found.slice(4).sort(), handoffs.slice(4).sort());
    });
  }

  it('keep that order under every filter', async () => {
    assert.deepEqual(await all('/cases?stage=waiting&limit=1', 'cases', 'before'), open);
    assert.deepEqual(await all('/cases?owner=support-leads&limit=3', 'cases', 'before'), open);
    assert.deepEqual(await all('/cases?stage=running', 'cases', 'before'), ['at-work']);
    assert.deepEqual(await all('/cases?outcome=refunded&limit=1', 'cases', 'before'), ['done-late', 'done-early']);
    assert.deepEqual(await all('/handoffs?state=open&limit=2', 'handoffs', 'after'), open);
  });

  it('pass over nothing when what a page ended with is done meanwhile', async () => {
    let [first, state] = [true, 'withdrawn'];
    const between = async () => {
      if (first) await here.pool.query(`update handoffs set state = $1 where case_id = 'refund/today'`, [state]);
      first = false;
    };
    const found = await all('/handoffs?limit=1', 'handoffs', 'after', between);
    assert.deepEqual(found.slice(0, 4), open);
    [first, state] = [true, 'open'];
    await between();
  });

  /** With the parameter named. */
  async function refused(path: string, place: string) {
    const got = await here.call('GET', `${path}${place}`, { as: 'ada' });
    assert.deepEqual([got.status, got.body?.code], [400, 'query-invalid'], `${path} ${place} ${got.text}`);
    assert.deepEqual(
      got.body.errors.map(({ field }: { field: string }) => field),
      [/(\w+)=$/.exec(path)![1]],
    );
  }

  /** Each list that has pages, with its parameter, and how its places begin. */
  const paged = {
    cases: '/cases?before=',
    handoffs: '/handoffs?after=',
    'switch-changes': '/switches?before=',
    'autonomy-changes': '/processes/refund/autonomy?before=',
    strays: '/strays?before=',
  };
  it('refuse the place in another list, and one whose parts are not as that list has them', async () => {
    const next = async (path: string) => (await here.call('GET', path, { as: 'ada' })).body.next as string;
    const given = { cases: await next('/cases?limit=1'), handoffs: await next('/handoffs?limit=1') };
    const wrong = [
      ...[`"2020-01-01 00:00:00+00","x"`, `" ","x"`, `"","x"`, `"1:2","x"`, `"-","x"`, `"1e9","x"`, `"NaN","x"`],
      ...[`"2020-02-30 00:00:00+00","x"`, `"0000-01-01 00:00:00+00","x"`, `"2020-01-01 25:00:00+00","x"`, `7,"x"`],
      ...[`"99999999999999999999","x"`, `"1","\\u0000"`, `"1","\\ud800"`, `"1"`, `"1","x","y"`],
    ];
    const text = (json: string) => Buffer.from(json).toString('base64url');
    for (const [list, path] of Object.entries(paged)) {
      for (const [of, place] of Object.entries(given)) if (of !== list) await refused(path, place);
      await refused(path, text(`[false,"1","x"]`));
      for (const parts of wrong.filter((one) => list !== 'strays' || !one.startsWith('"2020-01')))
        await refused(path, text(`["${list}",false,${parts}]`));
      if (list !== 'handoffs') await refused(path, text(`["${list}",true,"1","x"]`));
    }
    await refused(paged.cases, text(`["cases",true," ","x"]`));
    await refused('/strays?settled=true&before=', text(`["strays",false,"2020-01-01 00:00:00+00","x"]`));
    await refused('/events/refused?before=', '0000-01-01T00:00:00Z');
  });

  it('say in the description of the API that a place is one of this very list', async () => {
    const { paths } = (await here.call('GET', '/openapi.json')).body;
    for (const [path, name] of Object.values(paged).map((one) => one.split(/[?=]/))) {
      const { parameters } = paths[path!.replace('refund', '{process}')].get;
      const { schema } = parameters.find((one: { name: string }) => one.name === name);
      assert.match(schema.description, /this very list/);
    }
  });

  it('have what escalated under both queues that may answer it', async () => {
    await waitingCase(here.pool, 'for-both');
    const escalate = `update handoffs set sla_stage = 'escalated', owner = escalate_to where case_id = 'refund/for-both'`;
    const has = async (path: string, as: string) =>
      (await here.call('GET', path, { as })).text.includes('"caseId":"refund/for-both"');
    for (const step of [undefined, escalate]) {
      if (step) await here.pool.query(step);
      for (const path of ['/handoffs?owner=support-leads', '/handoffs?', '/cases?owner=support-leads'])
        assert.equal(await has(path, 'leo'), true, `${path} ${step}`);
    }
    for (const path of ['/handoffs?owner=support-managers', '/cases?owner=support-managers'])
      assert.equal(await has(path, 'ada'), true, path);
  });

  it('have what a bug stops before it begins, which is cancelled like any other', async () => {
    for (const n of [1, 2, 3]) {
      await here.pool.query(
        `insert into inbox (process, sent_by, idempotency_key, request_digest, case_id, request, requester, delivered_at)
         values ('refund', 'rita', $1, 'x', $1, '{}', 'rita', now())`,
        [`refund/stopped-${n}`],
      );
      await here.pool.query(`insert into stuck_cases (case_id, since, error) values ($1, now(), 'TypeError')`, [
        `refund/stopped-${n}`,
      ]);
    }
    const stopped = ['stopped-1', 'stopped-2', 'stopped-3'];
    for (const limit of [1, 2, 50])
      assert.deepEqual((await all(`/cases?stage=stuck&limit=${limit}`, 'cases', 'before')).sort(), stopped);
    const list = async (query: string) => (await here.call('GET', `/cases?${query}`, { as: 'rita' })).body.cases;
    const [first] = await list('stage=stuck&process=refund');
    assert.deepEqual([first.stage, first.stuck.error, first.requester], ['stuck', 'TypeError', 'rita']);
    assert.deepEqual(await list('stage=stuck&process=service-renewal'), []);
    assert.deepEqual(await list('stage=stuck&outcome=refunded'), []);
    assert.equal((await here.call('GET', '/cases?stage=stuck', { as: 'pavel' })).body?.cases?.length ?? 0, 0);
    const got = await here.call('POST', '/cases/refund%2Fstopped-1/cancellation', { as: 'rita', body: {} });
    assert.equal(got.status, 202, got.text);
    const seen = (await here.call('GET', '/cases/refund%2Fstopped-1', { as: 'rita' })).body;
    assert.deepEqual([seen.stage, seen.outcome], ['closed', 'cancelled']);
    assert.deepEqual((await list('stage=stuck')).map(({ caseId }: { caseId: string }) => caseId).sort(), [
      'refund/stopped-2',
      'refund/stopped-3',
    ]);
  });

  it('find what somebody looks for in the id and in what is shown, not in a draft that is hidden', async () => {
    const ids = async (query: string, as = 'leo') =>
      (await here.call('GET', `/handoffs?${query}`, { as })).body.handoffs.map(({ caseId }: any) => caseId.slice(7));
    const from = Date.now();
    const asks = (key: string, packet: object, hidden: string[] = []) =>
      openHandoff(here.pool, {
        ...{ id: `refund/${key}/review-2`, caseId: `refund/${key}`, process: 'refund', name: 'review', packet, hidden },
        ...{ owner: 'support-leads', escalateTo: 'support-managers', mayAmend: [] },
        ...{ termsName: 'refund', terms: { reply: 'It is bent.' } },
        ...{ atRiskAt: new Date(from + 90_000_000), escalatesAt: new Date(from + 91_000_000) },
        expiresAt: new Date(from + 92_000_000),
      });
    await asks('today', { wish: { of: ['Bent (kitchen) table'] } });
    await asks('tomorrow', { note: 'a bent leg' }, ['reply']);
    for (const search of ['bent', 'BENT', 'bent%20(k', 'is%20bent'])
      assert.deepEqual(await ids(`search=${search}`), ['today'], search);
    for (const search of ['tomorrow', 'TOMORROW'])
      assert.deepEqual(await ids(`search=${search}`), ['tomorrow', 'tomorrow'], search);
    for (const search of ['wish', 'b.nt', '%25%25', '%22%20flag', '%5C%5C'])
      assert.deepEqual(await ids(`search=${search}`), [], `${search} is no text that is shown`);
    assert.deepEqual(await ids('search=today', 'ines'), [], 'and nothing that is not theirs');
    assert.equal((await here.call('GET', '/handoffs?search=x', { as: 'leo' })).status, 400);
  });

  it('show what is with somebody, what is with nobody, and what is of one process', async () => {
    const ids = async (query: string) =>
      (await here.call('GET', `/handoffs?state=open&${query}`, { as: 'leo' })).body.handoffs.map(({ caseId }: any) =>
        caseId.slice(7),
      );
    await here.pool.query(`update handoffs set claimed_by = 'leo' where case_id = 'refund/tuesday'`);
    assert.deepEqual(await ids('claimed=yes'), ['tuesday']);
    assert.ok(!(await ids('claimed=no')).includes('tuesday') && (await ids('claimed=no')).includes('today'));
    assert.deepEqual(await ids('process=refund'), await ids('kind=decision'));
    assert.deepEqual(await ids('process=service-renewal'), []);
    await here.pool.query(`update handoffs set claimed_by = null where case_id = 'refund/tuesday'`);
  });

  it('refuse a place that is none', async () => {
    for (const path of ['/cases?before=', '/handoffs?after='])
      for (const place of [
        'refund%2Ftoday',
        'e30',
        Buffer.from('[false,"x","y"]').toString('base64url'),
        Buffer.from('[true,"1:2:3","\\u0000"]').toString('base64url'),
      ])
        await refused(path, place);
  });
});
