import assert from 'node:assert/strict';
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

  it('refuse a place that is none', async () => {
    for (const path of ['/cases?before=', '/handoffs?after='])
      for (const place of [
        'refund%2Ftoday',
        'e30',
        Buffer.from('[false,"x","y"]').toString('base64url'),
        Buffer.from('[true,"1:2:3","\\u0000"]').toString('base64url'),
      ]) {
        const got = await here.call('GET', `${path}${place}`, { as: 'ada' });
        assert.deepEqual([got.status, got.body?.code], [400, 'query-invalid'], path + place);
      }
  });
});
