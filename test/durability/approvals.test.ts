import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger } from '@temporalio/worker';
import { usualTiming } from '../../activities/dependencies.ts';
import { createActivities } from '../../activities/index.ts';
import type { AutonomyLevel } from '../../core/declare/autonomy.ts';
import { createModel } from '../../models/client.ts';
import * as actions from '../../store/actions.ts';
import { setAutonomy } from '../../store/autonomy.ts';
import { closeCase, registerCase, stopWrites } from '../../store/cases.ts';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { setRoles } from '../../store/members.ts';
import { endPerson, readmitPerson } from '../../store/people.ts';
import { transaction } from '../../store/pool.ts';
import { createSystems } from '../../systems/client.ts';
import { ending, type World } from '../world.ts';
import { records } from '../workflows/refund-request.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';
import { definition } from './processes/definition.ts';

/** A refusal is what these tests are about, not news. */
const quiet = new DefaultLogger('ERROR');

type Terms = { id: string; orderId: string; amount: number; currency: string; lines: object[] };

describe('a write and what was approved', function () {
  this.timeout(120_000);
  let world: World;
  let activities: ReturnType<typeof createActivities>;
  before(async () => {
    world = await errandWorld();
    activities = createActivities({
      ...{ pool: world.pool, definitions: { errand: definition }, timing: usualTiming },
      systems: createSystems({ baseUrl: world.systems.url }),
      model: createModel({ baseUrl: world.model.url, apiKey: 'test' }),
    });
  });
  after(() => world?.close());
  beforeEach(() => setRoles(world.pool, 'lea', ['legal']));

  /** As the workflow of the step's own case calls it. */
  const run = async (activityType: string, step: object): Promise<any> => {
    const { caseId: workflowId } = step as { caseId: string };
    const of = { workflowExecution: { workflowId, runId: 'run' }, workflowType: 'errand', activityType };
    return new MockActivityEnvironment({ isLocal: true, ...of }, { logger: quiet }).run(
      activities[activityType]! as (step: object) => Promise<unknown>,
      step,
    );
  };
  const outcome = (type: string, step: object): Promise<string> =>
    run(type, step).then(
      () => 'done',
      (error: ApplicationFailure) => `${error.nonRetryable ? '' : 'later: '}${error.type}`,
    );

  /** A registered case, its terms, and its verbs as the workflow calls them. */
  async function open(amount = 4_900) {
    const request = errand('none', { amount });
    const caseId = `errand/${request.id}`;
    const common = { caseId, process: 'errand', businessKey: request.id, request, requester: 'rita' };
    await registerCase(world.pool, { ...common, runId: 'run' });
    const terms: Terms = { id: request.id, orderId: 'O-1', amount, currency: 'EUR', lines: [] };
    const step = (name: string, key = `${name}-1`) => ({ caseId, process: 'errand', name, key: `${caseId}/${key}` });
    const rule = (of: Terms, key?: string, facts: object = { delivered: true, amount: of.amount }) =>
      run('checkPolicy limit', { ...step('limit', key), lines: [facts], terms: of });
    const credit = ({ orderId, amount: sum, currency }: Terms) => ({ orderId, amount: sum, currency });
    return {
      ...{ caseId, terms, rule, credit },
      act: (approval: string, input: object = credit(terms), name = 'credit', key?: string) =>
        outcome(`performAction ${name}`, { ...step(name, key), input, approval }),
      async ask(
        by = 'lea',
        change: Partial<Terms> = {},
        verdict: 'approved' | 'rejected' = 'approved',
        role = 'legal',
      ): Promise<string> {
        const asked = step('legal', `legal-${randomUUID()}`);
        await run('openHandoff legal', { ...asked, packet: { why: 'it is large' }, on: 'errand', terms });
        const decision = { verdict, by, role, because: '', terms: { ...terms, ...change } };
        await withHandoff(world.pool, asked.key, (db, handoff) => decide(db, handoff!, decision));
        return asked.key;
      },
    };
  }

  const opened = async () => {
    const of = await open();
    return { ...(await of.rule(of.terms)), ...of };
  };

  it('agree: it is done, and done once, however often it is tried', async () => {
    const { caseId, rule, terms, act } = await open();
    const { id } = await rule(terms);
    for (let n = 0; n < 3; n++) assert.equal(await act(id), 'done');
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote']);
  });

  it('a ruling on one cent approves no more: facts that contradict the terms are refused', async () => {
    const { caseId, rule } = await open(40_000);
    await assert.rejects(rule({ ...(await open(40_000)).terms }, 'limit-1', { delivered: true, amount: 1 }), {
      type: 'facts-contradict-terms',
    });
    assert.deepEqual(await typesOf(world, caseId), ['case.opened']);

    await world.seed(records);
    const told = await world.start('errand', errand('one cent approves more', { amount: 50_000 }));
    assert.equal((await ending(told)).outcome, 'threw');
    assert.equal((await world.find(told.workflowId))?.outcome, 'failed');
    assert.deepEqual(await written(world, told.workflowId), []);
  });

  it('is refused without an approval, with one of another case, of other terms, or with a "no"', async () => {
    const { caseId, terms, rule, act, ask, credit } = await open();
    const other = await open();
    assert.equal(await act('nothing of the kind'), 'approval-invalid');
    assert.equal(await act((await other.rule(other.terms)).id), 'approval-invalid');
    assert.equal(await act(await other.ask()), 'approval-invalid');
    const { id } = await rule(terms);
    assert.equal(await act(id, credit(terms), 'creditOther'), 'approval-invalid');
    assert.equal(await act(await ask('lea', {}, 'rejected')), 'approval-invalid');
    const review = await open(60_000);
    assert.equal(await review.act((await review.rule(review.terms)).id), 'approval-invalid');
    assert.deepEqual(await written(world, caseId), []);
  });

  it('is refused when it is not what was approved, or takes what nobody approved', async () => {
    const { caseId, terms, rule, act, credit } = await open();
    const { id } = await rule(terms);
    assert.equal(await act(id, { ...credit(terms), amount: 4_901 }), 'approval-invalid');
    assert.equal(await act(id, { ...credit(terms), orderId: 'O-2' }), 'approval-invalid');
    assert.equal(await act(id, { ...credit(terms), more: true }), 'input-invalid');
    assert.deepEqual(await written(world, caseId), []);
  });

  for (const [asked, role] of [
    ['as a member of the queue', 'legal'],
    ['by name', 'lea'],
  ] as const) {
    it(`is refused once the time here of whoever approved it has ended, who was asked ${asked}`, async () => {
      const { caseId, act, ask } = await open(60_000);
      const approval = await ask('lea', {}, 'approved', role);
      await world.pool.query('update handoffs set person = $2 where id = $1', [
        approval,
        role === 'lea' ? 'lea' : null,
      ]);
      await transaction(world.pool, (db) => endPerson(db, 'lea', 'scim'));
      assert.equal(await act(approval), 'approval-invalid');
      assert.deepEqual(await written(world, caseId), []);
      await readmitPerson(world.pool, 'lea', 'scim');
      await setRoles(world.pool, 'lea', ['legal']);
      assert.equal(await act(approval), 'done');
    });
  }

  it('uses an approval once; the same key for something else is refused and becomes work', async () => {
    const { caseId, terms, rule, act, credit } = await open();
    const { id } = await rule(terms);
    assert.equal(await act(id), 'done');
    assert.equal(await act(id, credit(terms), 'credit', 'credit-2'), 'approval-used');
    assert.equal(await act(id, { ...credit(terms), amount: 1 }), 'key-reused');
    const { rows } = await world.pool.query(`select name as kind from handoffs where case_id = $1 and kind = 'task'`, [
      caseId,
    ]);
    assert.deepEqual(rows, [{ kind: 'key-reused' }]);
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote']);
  });

  it('says that an approval was used before it says that the level of autonomy asks for more', async () => {
    const { id: first, caseId, rule, terms, act, credit } = await opened();
    assert.equal(await act(first), 'done');
    const level = (to: AutonomyLevel) =>
      setAutonomy(world.pool, { process: 'errand', level: to, by: 'amos', because: 'a test' });
    await level('observe');
    try {
      assert.equal(await act(first, credit(terms), 'credit', 'credit-2'), 'approval-used');
      const { id } = await rule(terms, 'limit-2');
      assert.equal(await act(id, credit(terms), 'credit', 'credit-3'), 'person-needed');
    } finally {
      await level('straight-through');
    }
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote']);
  });

  it('is taken back only while its case takes back: not while that writes, nor once it is closed', async () => {
    const { id, caseId, act } = await opened();
    assert.equal(await act(id), 'done');
    const of = { caseId, process: 'errand', because: 'I say so' };
    const undo = () => outcome('compensateAction credit', { ...of, key: `${caseId}/credit-1`, action: 'credit' });
    assert.equal(await undo(), 'not-its-case');
    await closeCase(world.pool, { caseId, outcome: 'done', result: {} });
    await stopWrites(world.pool, caseId);
    assert.equal(await undo(), 'not-its-case');
    const newest = { ...of, name: 'credit', key: `${caseId}/credit/compensation-1` };
    assert.equal(await outcome('compensateNewest credit', newest), 'not-its-case');
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote']);
  });

  it('is refused when the approver lost the role between decision and write, or asked for it themselves', async () => {
    const { caseId, act, ask } = await open();
    const approval = await ask();
    await setRoles(world.pool, 'lea', []);
    assert.equal(await act(approval), 'approval-invalid');
    await setRoles(world.pool, 'rita', ['legal']);
    assert.equal(await act(await ask('rita')), 'approval-invalid');
    assert.deepEqual(await written(world, caseId), []);
    await setRoles(world.pool, 'lea', ['legal']);
    assert.equal(await act(approval), 'done');
  });

  it('is refused on amended terms until they were ruled on again, no more carefully than before', async () => {
    const { caseId, terms, rule, act, ask, credit } = await open(60_000);
    await rule(terms);
    const less = { ...terms, amount: 50_000 };
    const approval = await ask('lea', { amount: 50_000 });
    assert.equal(await act(approval, credit(less)), 'amendment-not-ruled');
    await rule(terms, 'limit-2');
    assert.equal(await act(approval, credit(less)), 'amendment-not-ruled');
    await rule(less, 'limit-3', { delivered: false, amount: 50_000 });
    assert.equal(await act(approval, credit(less)), 'amendment-not-ruled');
    await rule(less, 'limit-4');
    assert.equal(await act(approval, credit(terms)), 'approval-invalid');
    assert.equal(await act(approval, credit(less)), 'done');
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote']);
  });

  it('is refused once what the ruling rested on is out of date; read and ruled again, it is done', async () => {
    await world.seed(records);
    const { caseId, terms, rule, act } = await open();
    const read = (key: string) => {
      const wanted = { orders: { orderIds: ['O-1'] } };
      return run('assembleContext errand', {
        caseId,
        process: 'errand',
        name: 'r',
        key: `${caseId}/${key}`,
        wanted,
        round: 1,
      });
    };
    await read('read-1');
    const { id } = await rule(terms);
    await world.pool.query(`update rulings set valid_until = now() where id = $1`, [id]);
    await world.pool.query(
      `update steps set result = jsonb_set(result::jsonb, '{freshUntil}', '"2020-01-01"'), at = now() - interval '1 hour'
       where key = $1`,
      [`${caseId}/read-1`],
    );
    assert.equal(await act(id), 'approval-invalid');
    assert.equal(await act((await rule(terms, 'limit-2')).id), 'approval-invalid');
    await read('read-2');
    assert.equal(await act((await rule(terms, 'limit-3')).id), 'done');
  });

  it('whose outcome nobody knows says so to every later try; a message is then left to whoever has the task', async () => {
    const { caseId, terms, rule } = await open();
    const { id } = await rule(terms);
    const input = { requestId: terms.id, reply: 'Done.' };
    const telling = { caseId, process: 'errand', name: 'tell', key: `${caseId}/tell-1`, input, approval: id };
    assert.equal(await outcome('performAction tell', telling), 'done');
    await world.pool.query(`update actions set state = 'unknown' where key = $1`, [telling.key]);
    assert.equal(await outcome('performAction tell', telling), 'done');
    const stored = (await actions.findAction(world.pool, telling.key))!;
    assert.equal(stored.state, 'unknown');
  });
});
