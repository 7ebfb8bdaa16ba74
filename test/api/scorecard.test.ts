import assert from 'node:assert/strict';
import people from '../../api/development-people.json' with { type: 'json' };
import { findMeasure } from '../../scorecard/measures/index.ts';
import { hasCases } from '../../scorecard/measures/measure.ts';
import { processOwner } from '../../scorecard/measures/process-owner.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { decide } from '../../store/handoffs.ts';
import { setClaim } from '../../store/claims.ts';
import { append } from '../../store/record.ts';
import { closeCase } from '../../store/cases.ts';
import * as definitions from '../../workflows/definitions.ts';
import { waitingCase, world, type World } from './world.ts';

const owners = new Set<string>(Object.values(definitions).map(({ owner }) => owner));
const leaders = ['data-leader', 'tech-leader', 'auditor'];
const sees = ({ roles }: { roles: string[] }) => roles.some((role) => leaders.includes(role) || owners.has(role));

describe('GET /scorecard', function () {
  this.timeout(120_000);
  let here: World;
  const get = (as: string, query = '', headers = {}) => here.call('GET', `/scorecard${query}`, { as, headers });
  const behind = (as: string, query: string) => here.call('GET', `/scorecard/cases?${query}`, { as });

  before(async () => {
    here = await world();
    const { pool } = here;
    for (const n of [1, 2, 3]) {
      const handoff = await waitingCase(pool, `R-${n}`);
      if (n < 3) await setClaim(pool, handoff, 'leo', true);
      const decision = { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' } as const;
      await decide(pool, handoff, decision);
      await closeCase(pool, {
        caseId: handoff.caseId,
        outcome: n === 1 ? '=HYPERLINK("http://x")' : 'refunded',
        result: {},
      });
    }
    await append(pool, {
      caseId: 'refund/R-3',
      type: 'action.done',
      key: 'refund/R-3/late-1',
      actor: 'baton',
      body: {},
    });
    await rebuildFacts(pool, { definitions, report: (line) => assert.fail(line) });
  });
  after(() => here.close());

  it('has a year by days of one process, and refuses as many buckets of several', async () => {
    const year = '?from=2025-01-01&to=2026-01-01&by=day&level=business';
    assert.equal((await get('ada', `${year}&process=refund`)).status, 200);
    const { status, body } = await get('ada', year);
    assert.deepEqual([status, body.code, body.errors[0].field], [400, 'query-invalid', 'by']);
    assert.equal((await get('ada', '?from=2025-01-01&to=2026-01-01&by=week&level=business')).status, 200);
  });

  it('is for process owners, leaders and auditors, and for nobody else', async () => {
    for (const query of ['', '?level=business']) {
      const got = await Promise.all(people.map(async (one) => [one.person, (await get(one.person, query)).status]));
      assert.deepEqual(
        got,
        people.map((one) => [one.person, sees(one) ? 200 : 403]),
      );
    }
    const cases = await Promise.all(
      people.map(async (one) => [one.person, (await behind(one.person, 'measure=closed')).status]),
    );
    assert.deepEqual(
      cases,
      people.map((one) => [one.person, sees(one) ? 200 : 403]),
    );
    assert.equal((await here.call('GET', '/scorecard')).status, 401);
  });

  it('shows an owner their processes alone, and to the others all', async () => {
    const mine = await get('svea'); // customer-support
    assert.deepEqual(mine.body.processes, ['refund']);
    assert.equal((await get('ada')).body.processes, null);
    for (const { name, owner } of Object.values(definitions)) {
      const of = (person: string) => get(person, `?process=${name}`);
      const theirs = people.filter(({ roles }) => roles.some((role) => owners.has(role)));
      for (const { person, roles } of theirs)
        assert.equal((await of(person)).status, (roles as string[]).includes(owner) ? 200 : 404, `${person} ${name}`);
      assert.equal((await of('delia')).status, 200);
    }
    const absent = await get('svea', '?process=none');
    for (const path of ['', '/events', '/cases'])
      for (const process of ['none', 'lead-intake']) {
        const measure = path === '/cases' ? '&measure=closed' : '';
        assert.equal(
          (await get('svea', `${path}?process=${process}${measure}`)).text,
          absent.text,
          'nor that there is one',
        );
      }
    const foreign = await behind('pavel', 'measure=closed');
    assert.deepEqual(foreign.body.cases, []);
    assert.equal((await behind('pavel', 'measure=closed&process=refund')).status, 404);
    assert.equal((await behind('svea', 'measure=closed')).body.cases.length, 3);
  });

  it('names a person to the lead of their queue alone', async () => {
    const named = async (as: string) => (await get(as, '?level=process-owner')).text.includes('"leo"');
    const lists = async (as: string) => (await behind(as, 'measure=decided-by&of={"person":"leo"}')).body.cases.length;
    assert.deepEqual([await named('svea'), await named('ada'), await named('tarek')], [false, false, false]);
    assert.deepEqual([await lists('svea'), await lists('ada')], [0, 0]);
    await here.pool.query(`insert into queue_leads (queue, person) values ('support-leads', 'svea'), ('legal', 'ada')`);
    assert.deepEqual([await named('svea'), await named('ada')], [true, false]);
    assert.deepEqual([await lists('svea'), await lists('ada')], [3, 0]);
  });

  it('carries with each number its definition, its unit, how many stand behind it, and where they are', async () => {
    const { body } = await get('ada');
    for (const { name, unit, definition, figures } of body.measures) {
      assert.ok(definition.endsWith('.') && unit.length > 0, name);
      for (const { count, cases, from, to } of figures) {
        assert.ok(Number.isInteger(count) && from < to, name);
        if (hasCases(findMeasure(name)!)) assert.ok(cases.startsWith(`/scorecard/cases?measure=${name}&`), name);
      }
    }
    const levels = new Set(body.measures.map(({ level }: { level: string }) => level));
    assert.deepEqual([...levels].sort(), ['business', 'data-leader', 'process-owner', 'tech-leader']);
    const one = (await get('svea', '?level=process-owner')).body.measures.map(({ name }: { name: string }) => name);
    assert.deepEqual(
      one,
      processOwner.map(({ name }) => name),
    );
  });

  it('answers a table that no spreadsheet takes for a formula', async () => {
    const got = await get('ada', '?process=refund', { accept: 'text/csv' });
    assert.equal(got.status, 200);
    assert.match(got.headers.get('content-type')!, /^text\/csv/);
    const lines = got.text.split('\r\n');
    assert.equal(lines[0], 'level,measure,unit,of,from,to,value,count,low,high,says,target,definition');
    assert.equal(lines.at(-1), '');
    assert.ok(got.text.includes(`process: refund; outcome: =HYPERLINK(""http://x"")`));
    assert.doesNotMatch(got.text, /(?:^|,|")[=+@\t\r](?!\n)/m);
    assert.equal(
      (await get('ada', '', { accept: 'text/csv, application/json' })).headers.get('content-type')!.split(';')[0],
      'application/json',
    );
  });

  it('refuses what it does not know, and names the parameter', async () => {
    const refused = {
      '?from=yesterday': 'from',
      '?from=2026-02-30': 'from',
      '?from=2026-02-02&to=2026-02-01': 'from',
      '?zone=Mars/Olympus&from=2026-01-01': 'zone',
      '?zone=Mars/Olympus': 'zone',
      '?zone=ABC%2B5&by=day': 'zone',
      '/cases?measure=closed&zone=Mars/Olympus': 'zone',
      '/events?zone=Mars/Olympus': 'zone',
      '?by=hour&from=2020-01-01': 'by',
      '?by=second': 'by',
      '?level=cheap': 'level',
      '?baseline-from=2026-02-02&baseline-to=2026-01-01': 'baseline-from',
      '?process=': 'process',
      '?colour=red': 'colour',
      '/cases?measure=luck': 'measure',
      '/cases?measure=closed&of={"outcome":"refunded"}': 'of',
      '/cases?measure=closed&of=1': 'of',
      '/cases?measure=closed&of={': 'of',
      '/cases?measure=closed&before=x': 'before',
      '/cases': 'measure',
    };
    for (const [query, field] of Object.entries(refused)) {
      const got = await get('ada', query);
      assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [400, 'query-invalid', field], query);
    }
    assert.equal((await get('ada', '?process=none')).status, 404);
    const days = await get('ada', '?from=2026-03-28&to=2026-03-31&by=day&zone=Europe/Berlin');
    assert.deepEqual([days.body.from, days.body.to], ['2026-03-27T23:00:00.000Z', '2026-03-30T22:00:00.000Z']);
  });
});
