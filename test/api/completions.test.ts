import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { taskOf } from '../../activities/task-of.ts';
import type { TaskKind } from '../../core/declare/tasks.ts';
import { type ActionState, findAction } from '../../store/actions.ts';
import { closeCase, closeWrites } from '../../store/cases.ts';
import { digest } from '../../store/digest.ts';
import { transaction } from '../../store/pool.ts';
import { openTask } from '../../store/tasks.ts';
import * as definitions from '../../workflows/definitions.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('what a completion may say', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  /** A task about a write of this action, in this state, which answered this, of a case that rita asked for. */
  const task = async (
    kind: TaskKind,
    [process, action]: [string, string],
    state: ActionState,
    result: object | null = null,
    input: object = {},
  ) => {
    const { caseId } = await waitingCase(here.pool, randomUUID());
    const key = `${caseId}/${action}-1`;
    const { does } = (definitions as unknown as Record<string, any>)[process].actions[action];
    await here.pool.query(
      `insert into actions (key, case_id, process, action, operation, input, input_digest, approval, state, may_land_until, result)
       values ($1, $2, $3, $4, $5, $6, $7, $1, $8, now(), $9)`,
      [key, caseId, process, action, does, input, digest(input), state, result],
    );
    const written = (await findAction(here.pool, key))!;
    await transaction(here.pool, (db) => openTask(db, taskOf({ ...definitions }, written, kind, 'it went wrong')));
    return { caseId, key, id: `${key}/${kind}` };
  };
  const complete = (id: string, as: string, found: string, more: object = {}) =>
    here.call('POST', `/handoffs/${at(id)}/completion`, { as, body: { found, because: 'seen', ...more } });
  const packet = async (id: string) => (await here.call('GET', `/handoffs/${at(id)}`, { as: 'ada' })).body.packet;
  const refusedAt = async (call: ReturnType<typeof complete>) => {
    const { status, body } = await call;
    assert.equal(status, 422, JSON.stringify(body));
    return [body.code, body.errors[0].field];
  };
  const payment: [string, string] = ['refund', 'payCustomer'];
  const message: [string, string] = ['refund', 'tellCustomer'];
  const paid = { refundId: 'RF-1' };

  const cannotBe: [string, [string, string], ActionState, string, string[]][] = [
    ['never applied, of a write that is done', payment, 'done', 'never-applied', ['undone', 'stands']],
    ['never applied, of a message that was sent', message, 'done', 'never-applied', ['stands']],
    ['undone, of a message that was sent', message, 'done', 'undone', ['stands']],
    ['undone, of a message that may have been sent', message, 'intended', 'undone', ['stands', 'never-applied']],
  ];
  for (const [title, action, state, found, may] of cannotBe) {
    it(`is not what cannot be true: ${title}`, async () => {
      const { id, key } = await task('terminated', action, state, state === 'done' ? paid : null);
      const as = action === payment ? 'fiona' : 'svea';
      assert.deepEqual((await packet(id)).mayFind, may);
      assert.deepEqual(await refusedAt(complete(id, as, found)), ['completion-invalid', '/found']);
      assert.equal((await findAction(here.pool, key))!.state, state);
      assert.equal((await complete(id, as, 'stands')).status, 200);
    });
  }

  it('is held to what is known of the write by then, not when the task opened', async () => {
    const { id, key } = await task('terminated', payment, 'intended');
    assert.deepEqual((await packet(id)).mayFind, ['undone', 'stands', 'never-applied']);
    await here.pool.query(`update actions set state = 'done', result = $2 where key = $1`, [key, paid]);
    assert.deepEqual(await refusedAt(complete(id, 'fiona', 'never-applied')), ['completion-invalid', '/found']);
  });

  it('never says that all is taken back while a letter stands', async () => {
    const { id, caseId } = await task('terminated', message, 'done', { messageId: 'M-1' });
    await closeWrites(here.pool, caseId, 'terminated');
    await closeCase(here.pool, { caseId, outcome: 'terminated', result: {} });
    await complete(id, 'svea', 'undone');
    await complete(id, 'svea', 'stands');
    assert.equal((await here.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body.rollback, 'partial');
  });

  it('leaves a result as it is where nothing asks for one', async () => {
    for (const [kind, state, found] of [
      ['terminated', 'done', 'stands'],
      ['terminated', 'done', 'undone'],
      ['undo-failed', 'stuck', 'stands'],
      ['outcome-unknown', 'unknown', 'not-applied'],
      ['key-reused', 'done', 'examined'],
      ['reconciliation', 'done', 'explained'],
    ] as const) {
      const { id, key } = await task(kind, payment, state, paid);
      const more = { result: { refundId: 'of another case' } };
      assert.deepEqual(await refusedAt(complete(id, 'fiona', found, more)), ['completion-invalid', '/result'], kind);
      assert.deepEqual((await findAction(here.pool, key))!.result, paid);
    }
  });

  it('holds a result to what the action declares, and to 16 KiB', async () => {
    const { id } = await task('outcome-unknown', payment, 'unknown');
    const wrong: [object, string, string][] = [
      [{ refundId: 'RF-1', note: 'by hand' }, 'completion-invalid', '/result/note'],
      [{ refundId: null }, 'completion-invalid', '/result/refundId'],
      [{}, 'completion-invalid', '/result/refundId'],
      [{ refundId: 'x'.repeat(17_000) }, 'request-invalid', '/result'],
    ];
    for (const [result, ...at] of wrong)
      assert.deepEqual(await refusedAt(complete(id, 'fiona', 'applied', { result })), at);
    const sent = await task('message-failed', message, 'refused');
    const note = { result: { messageId: 'M-1', note: 'x' } };
    assert.deepEqual(await refusedAt(complete(sent.id, 'svea', 'sent', note)), ['completion-invalid', '/result/note']);
    assert.equal((await complete(sent.id, 'svea', 'sent', { result: { messageId: 'M-1' } })).status, 200);
    assert.deepEqual((await findAction(here.pool, sent.key))!.result, { messageId: 'M-1' });
  });

  it('takes a reference for what the action says it is, and for nothing else', async () => {
    const { id } = await task('outcome-unknown', ['lead-intake', 'assignLead'], 'unknown');
    const say = (more: object) => complete(id, 'salma', 'applied', more);
    for (const more of [{}, { reference: 'TX-1' }])
      assert.deepEqual(await refusedAt(say(more)), ['completion-invalid', '/result']);
    const got = await say({ reference: 'TX-1', result: { earlierOwner: null } });
    assert.deepEqual([got.body.completion.reference, got.body.completion.result], ['TX-1', { earlierOwner: null }]);
  });

  it('names a case only where it is the one that the write opened', async () => {
    const opening = { process: 'refund', request: {} };
    const { id, key } = await task('outcome-unknown', ['order-exception', 'openRefund'], 'unknown', null, opening);
    const { owner } = (await here.call('GET', `/handoffs/${at(id)}`, { as: 'ada' })).body;
    assert.equal(owner, 'customer-support');
    const say = (more: object) => complete(id, 'svea', 'applied', more);
    assert.deepEqual(await refusedAt(say({ reference: 'refund/other' })), ['completion-invalid', '/result']);
    const { caseId: other } = await waitingCase(here.pool, randomUUID());
    for (const caseId of ['refund/nowhere', other])
      assert.deepEqual(await refusedAt(say({ result: { caseId } })), ['completion-invalid', '/result/caseId']);
    const caseId = `refund/${randomUUID()}`;
    await here.pool.query(
      `insert into inbox (process, sent_by, idempotency_key, request_digest, case_id, request, requester, opened_by)
       values ('refund', 'baton', $1, 'x', $1, '{}', 'rita', $2)`,
      [caseId, key],
    );
    const got = await say({ result: { caseId } });
    assert.deepEqual([got.status, got.body.completion?.result], [200, { caseId }], got.text);
  });

  it('is kept as it was said, as a decision is', async () => {
    for (const table of ['completions', 'decisions'])
      for (const change of [`update ${table} set by = 'nobody'`, `delete from ${table}`, `truncate ${table}`]) {
        const { id } = await task('terminated', payment, 'done', paid);
        await complete(id, 'fiona', 'stands');
        if (table === 'decisions') await decided();
        await assert.rejects(here.pool.query(change), /append-only/, change);
      }
  });
  const decided = async () => {
    const { id } = await waitingCase(here.pool, randomUUID());
    const body = { verdict: 'approved', version: 1 };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body })).status, 200);
  };
});
