import assert from 'node:assert/strict';
import { checkTargets } from '../../api/targets.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import { decide } from '../../store/handoffs.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { readRecord } from '../../store/record.ts';
import { setRoles } from '../../store/members.ts';
import * as definitions from '../../workflows/definitions.ts';
import { until } from '../world.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

describe('targets', function () {
  this.timeout(120_000);
  let here: World;
  beforeEach(async () => void (here = await world()));
  afterEach(() => here.close());

  const report = (line: string) => assert.fail(line);
  const put = (measure: string, body: object, as = 'svea', process = 'refund') =>
    here.call('PUT', `/scorecard/targets/${process}/${measure}`, { as, body: { because: 'agreed for 2026', ...body } });
  const check = async () => {
    await rebuildFacts(here.pool, { definitions, report });
    // The API itself looks when it starts; then nobody else does.
    await until(() => checkTargets({ pool: here.pool, definitions, report }), 'the targets are looked at');
  };
  const tasks = async () =>
    (await here.call('GET', '/handoffs?kind=task', { as: 'ada' })).body.handoffs.filter(
      ({ name }: { name: string }) => name === 'target-missed',
    );
  const asked = async (id: string) => {
    const handoff = await waitingCase(here.pool, id);
    await decide(here.pool, handoff, { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' });
    await closeCase(here.pool, { caseId: handoff.caseId, outcome: 'refunded', result: {} });
  };
  const straight = async (id: string) => {
    const opening = { caseId: `refund/${id}`, process: 'refund', businessKey: id, runId: id, requester: 'rita' };
    await registerCase(here.pool, { ...opening, request: request(id) });
    await closeCase(here.pool, { caseId: opening.caseId, outcome: 'refunded', result: {} });
  };
  const halfStraight = { bound: 'at-least', value: 0.5, overDays: 7 };

  it('that are missed are one task of the owner, until the measure is back', async () => {
    await asked('R-1');
    assert.equal((await put('straight-through', halfStraight)).status, 200);
    await check();
    await Promise.all([check(), check()]);
    await check();
    const [task, ...others] = await tasks();
    assert.deepEqual(others, []);
    const { id, owner, caseId, state } = task;
    assert.deepEqual([owner, caseId, state], ['customer-support', 'refund/R-1', 'open']);
    const { packet } = (await here.call('GET', `/handoffs/${at(id)}`, { as: 'svea' })).body;
    assert.deepEqual(packet.figures, [{ of: {}, value: 0 }]);
    assert.match(packet.because, /^straight-through of refund is to be at least 0\.5 \(share\), and is not$/);
    assert.match(packet.cases, /^\/scorecard\/cases\?measure=straight-through&process=refund&/);

    await straight('R-2');
    await check();
    assert.deepEqual(
      (await tasks()).map((one: { state: string }) => one.state),
      ['withdrawn'],
    );
    const lines = await readRecord(here.pool, 'refund/R-1');
    assert.deepEqual(
      [lines.at(-1)!.type, lines.at(-1)!.body],
      ['handoff.withdrawn', { because: 'The measure is back' }],
    );

    await asked('R-3');
    await check();
    assert.equal((await tasks()).length, 2);
  });

  it('are not asked about again when the owner has completed the task and the measure is not back', async () => {
    await asked('R-1');
    await put('straight-through', halfStraight);
    await check();
    const [{ id }] = await tasks();
    const body = { found: 'explained', because: 'a holiday' };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/completion`, { as: 'svea', body })).status, 200);
    await check();
    assert.equal((await tasks()).length, 1);
    const [one] = (await here.call('GET', '/scorecard/targets', { as: 'svea' })).body.targets;
    assert.equal(one.missed.handoffId, id);
  });

  it('leave the case with which their task is kept as it was counted', async () => {
    await straight('R-1');
    await put('closed', { bound: 'at-least', value: 5, overDays: 7 });
    const facts = async () =>
      (await here.pool.query('select case_id, straight_through, cause, owners from fact_cases order by case_id')).rows;
    await rebuildFacts(here.pool, { definitions, report });
    const before = await facts();
    await check();
    assert.equal((await tasks()).length, 1);
    await rebuildFacts(here.pool, { definitions, report });
    assert.deepEqual(await facts(), before);
    const query = '/scorecard?process=refund&level=process-owner';
    const { measures } = (await here.call('GET', query, { as: 'svea' })).body;
    const waiting = measures.find(({ name }: { name: string }) => name === 'waiting-now');
    assert.deepEqual(waiting.figures, []);
  });

  it('stand beside the number, to whoever sees it', async () => {
    await straight('R-1');
    await put('outcomes', { bound: 'at-most', value: 0, of: { outcome: 'refunded' } });
    await check();
    for (const as of ['svea', 'delia', 'ada']) {
      const { measures } = (await here.call('GET', '/scorecard?level=process-owner', { as })).body;
      const { targets } = measures.find(({ name }: { name: string }) => name === 'outcomes');
      const [{ process, bound, value, overDays, of, missed }] = targets;
      assert.deepEqual([process, bound, value, overDays, of], ['refund', 'at-most', 0, 30, { outcome: 'refunded' }]);
      assert.match(missed.handoffId, /^targets\/refund\/outcomes\/1\/target-missed$/);
    }
    const others = (await here.call('GET', '/scorecard?level=process-owner', { as: 'pavel' })).body.measures;
    assert.ok(others.every(({ targets }: { targets: object[] }) => targets.length === 0));
    assert.deepEqual((await here.call('GET', '/scorecard/targets', { as: 'pavel' })).body.targets, []);
    assert.equal((await here.call('GET', '/scorecard/targets', { as: 'amos' })).body.targets.length, 1);
  });

  it('are about the figures that they name, and take none for zero where things are counted', async () => {
    await straight('R-1');
    await put('outcomes', { bound: 'at-least', value: 1, of: { outcome: 'declined' } });
    await put('edit-rate', { bound: 'at-least', value: 1 });
    await check();
    const [task, ...others] = await tasks();
    assert.deepEqual([task.id, others], ['targets/refund/outcomes/1/target-missed', []]);
    await put('outcomes', { bound: 'at-least', value: 1, of: { outcome: 'refunded' } });
    await check();
    assert.equal((await tasks())[0].state, 'withdrawn');
  });

  it('end when their owner says so, and their task with them', async () => {
    await asked('R-1');
    await put('straight-through', halfStraight);
    await check();
    const ended = await put('straight-through', { bound: 'at-least', value: null });
    assert.deepEqual([ended.status, ended.body.targets], [200, []]);
    await check();
    const lines = await readRecord(here.pool, 'refund/R-1');
    assert.deepEqual(lines.at(-1)!.body, { because: 'There is no target any more' });
  });

  it('wait for the first case of a process: a task belongs to one', async () => {
    await put('closed', { bound: 'at-least', value: 5 });
    await check();
    assert.deepEqual(await tasks(), []);
    await straight('R-1');
    await check();
    assert.equal((await tasks()).length, 1);
  });

  it('are set by the owner of the process and by administrators, while they are', async () => {
    const status = async (as: string) => (await put('closed', { bound: 'at-least', value: 1 }, as)).status;
    assert.deepEqual([await status('svea'), await status('amos')], [200, 200]);
    for (const as of ['leo', 'ada', 'delia', 'rita']) assert.equal(await status(as), 403, as);
    assert.equal(await status('pavel'), 404);
    const bodyOf = async (process: string) =>
      (await put('closed', { bound: 'at-least', value: 1 }, 'svea', process)).text;
    assert.equal(await bodyOf('lead-intake'), await bodyOf('none'), 'nobody learns which processes there are');
    await setRoles(here.pool, 'svea', []);
    assert.equal(await status('svea'), 403);
  });

  it('that cannot be are refused, and the field is named', async () => {
    const refused: [string, object, string][] = [
      ['straight-through', { bound: 'at-least', value: 80 }, '/value'],
      ['closed', { bound: 'at-least', value: 1, of: { outcome: 'refunded' } }, '/of'],
      ['closed', { bound: 'at-least', value: 1, overDays: 0 }, '/overDays'],
      ['closed', { bound: 'about', value: 1 }, '/bound'],
      ['closed', { bound: 'at-least' }, '/value'],
      ['closed', { bound: 'at-least', value: 1, because: '' }, '/because'],
      ['decided-by', { bound: 'at-least', value: 1 }, 'measure'],
    ];
    for (const [measure, body, field] of refused) {
      const got = await put(measure, body);
      assert.deepEqual([got.body.code, got.body.errors?.[0].field], ['request-invalid', field], JSON.stringify(body));
    }
    assert.equal((await put('luck', { bound: 'at-least', value: 1 })).status, 404);
    assert.equal((await put('closed', { bound: 'at-least', value: 1 }, 'amos', 'none')).status, 404);
    assert.deepEqual((await here.call('GET', '/scorecard/targets', { as: 'amos' })).body.targets, []);
  });
});
