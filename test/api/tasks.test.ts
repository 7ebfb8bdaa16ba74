import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { taskOf } from '../../activities/task-of.ts';
import { type TaskKind, taskKinds } from '../../core/declare/tasks.ts';
import { type ActionState, findAction } from '../../store/actions.ts';
import { closeCase, closeWrites } from '../../store/cases.ts';
import { digest } from '../../store/digest.ts';
import { firstBroken, readRecord } from '../../store/record.ts';
import { openTask, turnTasks } from '../../store/tasks.ts';
import * as definitions from '../../workflows/definitions.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('a task', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  /** A task of a kind about a payment in this state, of a case that rita asked for. */
  const task = async (kind: TaskKind, state: ActionState = 'stuck', requester = 'rita') => {
    const { caseId } = await waitingCase(here.pool, randomUUID(), { requester });
    const key = `${caseId}/payCustomer-1`;
    const input = { orderId: '#W1', paymentMethodId: 'card-1', amount: 100, currency: 'EUR' };
    await here.pool.query(
      `insert into actions (key, case_id, process, action, operation, input, input_digest, approval, state, may_land_until)
       values ($1, $2, 'refund', 'payCustomer', 'payments.refund', $3, $4, $1, $5, now())`,
      [key, caseId, input, digest(input), state],
    );
    const open = async () =>
      openTask(here.pool, taskOf({ ...definitions }, (await findAction(here.pool, key))!, kind, 'it went wrong'));
    await open();
    return { caseId, key, id: `${key}/${kind}`, open };
  };
  const post = (id: string, what: string, as: string, body?: unknown) =>
    here.call('POST', `/handoffs/${at(id)}/${what}`, { as, ...(body ? { body } : {}) });
  const complete = (id: string, as: string, found: string, more: object = {}) =>
    post(id, 'completion', as, { found, because: 'seen in the ledger', ...more });
  const code = async (got: Promise<{ status: number; body: any }>) => {
    const { status, body } = await got;
    return [status, body.code];
  };
  const show = async (id: string, as = 'fiona') => (await here.call('GET', `/handoffs/${at(id)}`, { as })).body;
  const stateOf = async (key: string) => (await findAction(here.pool, key))!.state;
  const typesOf = async (caseId: string) => (await readRecord(here.pool, caseId)).map(({ type }) => type);
  const pastDue = (id: string, columns: string) =>
    here.pool.query(`update handoffs set ${columns} where id = $1`, [id]);

  it('is listed beside decisions, or alone', async () => {
    const { id, caseId } = await task('undo-failed');
    const list = async (query: string) =>
      (await here.call('GET', `/handoffs?case=${at(caseId)}${query}`, { as: 'ada' })).body.handoffs.map(
        (one: { id: string; kind: string; name: string }) => [one.id, one.kind, one.name],
      );
    const decision = [`${caseId}/review-1`, 'decision', 'review'];
    assert.deepEqual((await list('')).toSorted(), [[id, 'task', 'undo-failed'], decision].toSorted());
    assert.deepEqual(await list('&kind=task'), [[id, 'task', 'undo-failed']]);
    assert.deepEqual(await list('&kind=decision'), [decision]);
    assert.deepEqual(await code(here.call('GET', '/handoffs?kind=other', { as: 'ada' })), [400, 'query-invalid']);
    const own = await here.call('GET', `/handoffs?kind=task&owner=finance`, { as: 'fiona' });
    assert.ok(own.body.handoffs.some((one: { id: string }) => one.id === id));
  });

  it('shows its owner what was written, why it is theirs, how it is undone and what may be found', async () => {
    const { id, key } = await task('undo-failed');
    const { packet, owner, contract, expiresAt, decision, completion } = await show(id);
    assert.deepEqual(
      [owner, contract],
      ['finance', { escalateTo: 'customer-support', answerWithin: '1 business days' }],
    );
    assert.deepEqual([expiresAt, decision, completion], [null, null, null]);
    assert.deepEqual([packet.because, packet.mayFind], ['it went wrong', ['undone', 'stands']]);
    assert.deepEqual([packet.written.operation, packet.written.key], ['payments.refund', key]);
    assert.deepEqual([packet.undo.operation, packet.undo.key], ['payments.cancelRefund', `${key}/undo`]);
  });

  it('is opened once, also when the case is closed, and survives that', async () => {
    const { id, caseId, open } = await task('undo-failed');
    await closeWrites(here.pool, caseId, 'failed');
    await closeCase(here.pool, { caseId, outcome: 'failed', result: {} });
    await open();
    assert.equal((await show(id)).state, 'open');
    assert.equal((await show(`${caseId}/review-1`, 'ada')).state, 'withdrawn');
    assert.equal((await typesOf(caseId)).filter((type) => type === 'handoff.opened').length, 2);
    const seen = (await here.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body;
    assert.deepEqual([seen.stage, seen.waitingOn], ['closed', []]);
    assert.equal((await complete(id, 'fiona', 'stands')).status, 200);
    assert.equal(firstBroken(await readRecord(here.pool, caseId)), undefined);
  });

  const settles: [TaskKind, ActionState, string, ActionState][] = [
    ['undo-failed', 'stuck', 'undone', 'compensated'],
    ['undo-failed', 'stuck', 'stands', 'kept'],
    ['message-failed', 'refused', 'sent', 'done'],
    ['message-failed', 'refused', 'not-sent', 'refused'],
    ['terminated', 'done', 'undone', 'compensated'],
    ['terminated', 'done', 'stands', 'kept'],
    ['terminated', 'intended', 'never-applied', 'compensated'],
    ['too-long', 'done', 'finished', 'done'],
    ['key-reused', 'done', 'examined', 'done'],
    ['calendar-ended', 'done', 'renewed', 'done'],
    ['calendar-ended', 'done', 'explained', 'done'],
    ['target-missed', 'done', 'mended', 'done'],
    ['target-missed', 'done', 'explained', 'done'],
    ['sampled-review', 'done', 'right', 'done'],
    ['sampled-review', 'done', 'wrong', 'done'],
    ['reconciliation', 'done', 'mended', 'done'],
    ['reconciliation', 'done', 'explained', 'done'],
  ];
  it('has every finding in one of the following, but those on which a case waits', () => {
    const declared = Object.entries(taskKinds).flatMap(([kind, { found }]) => found.map((one) => `${kind} ${one}`));
    const tried = settles.map(([kind, , found]) => `${kind} ${found}`);
    assert.deepEqual(declared.filter((one) => !one.startsWith('outcome-unknown')).toSorted(), tried.toSorted());
  });
  for (const [kind, before, found, after] of settles) {
    it(`${kind}, found ${found}: the write that was ${before} is ${after}, and the record says who found it`, async () => {
      const { id, key, caseId } = await task(kind, before);
      const got = await complete(id, 'fiona', found, { reference: 'TX-1' });
      assert.equal(got.status, 200, got.text);
      const { state, completion } = got.body;
      assert.deepEqual([state, completion.found, completion.by], ['completed', found, 'fiona']);
      assert.deepEqual([completion.reference, completion.because], ['TX-1', 'seen in the ledger']);
      assert.equal(await stateOf(key), after);
      const record = await readRecord(here.pool, caseId);
      const line = record.find(({ type }) => type === 'handoff.completed')!;
      const { body } = line as { body: Record<string, unknown> };
      assert.deepEqual(
        [line.actor, body['found'], body['reference'], body['role']],
        ['fiona', found, 'TX-1', 'finance'],
      );
      if (after !== before) assert.deepEqual([record.at(-1)!.type, record.at(-1)!.actor], [`action.${after}`, 'fiona']);
    });
  }

  it('is completed once, however many do so at the same time', async () => {
    const { id, key } = await task('undo-failed');
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) => complete(id, 'fiona', n % 2 ? 'undone' : 'stands')),
    );
    assert.deepEqual(all.map(({ status }) => status).toSorted(), [200, ...Array(7).fill(409)]);
    const { found } = all.find(({ status }) => status === 200)!.body.completion;
    assert.equal(await stateOf(key), found === 'undone' ? 'compensated' : 'kept');
    assert.deepEqual(await code(complete(id, 'fiona', 'stands')), [409, 'handoff-closed']);
  });

  it('is for the members of its queue, not for who asked for the case, nor for others', async () => {
    const { id } = await task('undo-failed', 'stuck', 'fiona');
    assert.deepEqual(await code(complete(id, 'fiona', 'undone')), [403, 'four-eyes']);
    for (const as of ['leo', 'otto', 'cleo', 'amos'])
      assert.deepEqual(await code(complete(id, as, 'undone')), [403, 'not-your-queue']);
    for (const as of ['ada', 'rita']) assert.deepEqual(await code(complete(id, as, 'undone')), [403, 'role-missing']);
    assert.deepEqual(await code(complete(id, 'pavel', 'undone')), [404, 'not-found']);
    const other = await task('undo-failed');
    await here.pool.query(`delete from members where person = 'fiona'`);
    assert.deepEqual(await code(complete(other.id, 'fiona', 'undone')), [403, 'role-missing']);
    await here.pool.query(`insert into members (person, role) values ('fiona', 'finance')`);
  });

  it('takes only what its kind may find, with a reason and against the version that was read', async () => {
    const { id } = await task('undo-failed');
    const got = await complete(id, 'fiona', 'applied');
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'completion-invalid', '/found']);
    assert.match(got.body.errors[0].message, /undone, stands/);
    for (const body of [{ found: 'lost', because: 'x' }, { found: 'undone' }, { found: 'undone', because: '' }, {}])
      assert.deepEqual(await code(post(id, 'completion', 'fiona', body)), [422, 'request-invalid']);
    assert.deepEqual(await code(complete(id, 'fiona', 'undone', { version: 7 })), [409, 'version-stale']);
    assert.equal((await show(id)).state, 'open');
  });

  it('takes no finding while a call of its write may still take effect', async () => {
    const { id, key } = await task('terminated', 'intended');
    const lands = (column: string, until: string) =>
      here.pool.query(`update actions set ${column} = clock_timestamp() + $2::interval where key = $1`, [key, until]);
    await lands('may_land_until', '20 seconds');
    for (const found of ['never-applied', 'undone', 'stands']) {
      const got = await complete(id, 'fiona', found);
      assert.deepEqual([got.status, got.body.code], [409, 'write-under-way'], found);
      assert.ok(Number(got.headers.get('retry-after')) > 10);
    }
    await lands('may_land_until', '-1 seconds');
    await here.pool.query(`update actions set state = 'done' where key = $1`, [key]);
    await lands('undo_may_land_until', '20 seconds');
    assert.deepEqual(await code(complete(id, 'fiona', 'stands')), [409, 'write-under-way']);
    await lands('undo_may_land_until', '-1 seconds');
    assert.equal((await complete(id, 'fiona', 'stands')).status, 200);
  });

  it('is not decided, and a decision is not completed', async () => {
    const { id, caseId } = await task('undo-failed');
    for (const [what, body] of [
      ['decision', { verdict: 'approved', version: 1 }],
      ['return', { because: 'no', version: 1 }],
    ] as const)
      assert.deepEqual(await code(post(id, what, 'fiona', body)), [409, 'handoff-kind']);
    assert.deepEqual(await code(complete(`${caseId}/review-1`, 'leo', 'undone')), [409, 'handoff-kind']);
  });

  it('is claimed and released like a decision', async () => {
    const { id } = await task('undo-failed');
    assert.equal((await post(id, 'claim', 'fiona')).body.claimedBy, 'fiona');
    assert.equal((await post(id, 'release', 'fiona')).body.claimedBy, null);
  });

  it('about a write of unknown outcome wants what the write should have answered', async () => {
    const { id, key } = await task('outcome-unknown', 'unknown');
    const missing = await complete(id, 'fiona', 'applied');
    assert.deepEqual([missing.status, missing.body.code], [422, 'completion-invalid']);
    assert.equal(missing.body.errors[0].field, '/reference');
    const wrong = await complete(id, 'fiona', 'applied', { result: { refundId: 7 } });
    assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, '/result/refundId']);
    assert.equal(await stateOf(key), 'unknown');
    const got = await complete(id, 'fiona', 'applied', { reference: 'TX-2' });
    assert.deepEqual(got.body.completion.result, { refundId: 'TX-2' });
    const { state, result } = (await findAction(here.pool, key))!;
    assert.deepEqual([state, result], ['done', { refundId: 'TX-2' }]);
    const { rows } = await here.pool.query('select signal, body from signals where case_id = $1', [
      id.replace(/\/payCustomer.*/, ''),
    ]);
    assert.deepEqual(rows, [{ signal: 'decided', body: { handoffId: id, verdict: 'applied', by: 'fiona' } }]);
  });

  it('is at risk, then escalated, each once, with no workflow and with Temporal away; and then stays open for both', async () => {
    const { id, caseId } = await task('undo-failed');
    const stages = async () => (await typesOf(caseId)).filter((type) => /at-risk|escalated|expired/.test(type));
    assert.equal(await turnTasks(here.pool, 100), 0);
    await pastDue(id, `at_risk_at = now()`);
    await Promise.all(Array.from({ length: 4 }, () => turnTasks(here.pool, 100)));
    assert.deepEqual(await stages(), ['handoff.at-risk']);
    await pastDue(id, `escalates_at = now()`);
    await Promise.all(Array.from({ length: 4 }, () => turnTasks(here.pool, 100)));
    assert.equal(await turnTasks(here.pool, 100), 0);
    assert.deepEqual(await stages(), ['handoff.at-risk', 'handoff.escalated']);
    const { state, owner, slaStage } = await show(id, 'svea');
    assert.deepEqual([state, owner, slaStage], ['open', 'customer-support', 'escalated']);
    const metrics = (await here.call('GET', '/metrics', { as: 'ada' })).text;
    assert.match(metrics, /^baton_tasks_open\{owner="customer-support",kind="undo-failed"\} \d+$/m);
    assert.equal((await complete(id, 'svea', 'undone')).status, 200);
    const second = await task('undo-failed');
    await pastDue(second.id, `at_risk_at = now(), escalates_at = now()`);
    await turnTasks(here.pool, 100);
    assert.equal((await complete(second.id, 'fiona', 'undone')).status, 200);
  });

  it('is moved on by the API itself, no more at a time than one round looks at', async () => {
    const quick = await world({ pool: here.pool, watchEveryMs: 50 });
    const { id, caseId } = await task('terminated', 'done');
    await pastDue(id, `at_risk_at = now(), escalates_at = now()`);
    for (let tries = 0; tries < 400 && (await show(id, 'ada')).slaStage !== 'escalated'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    assert.ok((await typesOf(caseId)).includes('handoff.escalated'));
    await quick.close();
    const [first, other] = [await task('undo-failed'), await task('undo-failed')];
    for (const one of [first, other]) await pastDue(one.id, 'at_risk_at = now()');
    assert.equal(await turnTasks(here.pool, 1), 1);
    assert.equal(await turnTasks(here.pool, 1), 1);
  });
});
