import assert from 'node:assert/strict';
import { Worker } from '@temporalio/worker';
import { firstBroken } from '../../store/record.ts';
import { askedAgain } from '../../store/rework.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codec } from '../harness.ts';
import { storiesBundle, vocabularyWorld, type VocabularyWorld } from './world.ts';

const at = encodeURIComponent;

describe('what is sent back', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const begin = (told: string, more: object = {}, requestedBy = 'rita') =>
    world.begin('goes back', { told, amount: 60_000, ...more }, { requestedBy });
  const post = (id: string, what: string, as: string, body: object) =>
    world.api.call('POST', `/handoffs/${at(id)}/${what}`, { as, body: { version: 1, ...body } });
  const code = async (got: Promise<{ status: number; body: any }>) => {
    const { status, body } = await got;
    return status === 200 ? '200' : `${status} ${body.code}`;
  };
  const show = async (id: string, as = 'leo') => (await world.api.call('GET', `/handoffs/${at(id)}`, { as })).body;
  const sendBack = async (id: string, because = 'What is it for?', as = 'leo') => {
    const got = await post(id, 'return', as, { because });
    assert.equal(got.status, 200, got.text);
    return got.body;
  };
  const timesReturned = async (caseId: string) =>
    (await world.pool.query('select process, handoff, queue, times from times_returned where case_id = $1', [caseId]))
      .rows;

  it('goes to who asked, who sees it and why, and comes back to the same owner with what they changed', async () => {
    const caseId = await begin('toWhoAsked');
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    await sendBack(id);
    const rework = await show(`${id}/rework`, 'rita');
    assert.deepEqual(
      [rework.kind, rework.owner, rework.packet.why, rework.terms.amount, rework.rework.said.because],
      ['rework', 'rita', 'it was asked for', 60_000, 'What is it for?'],
    );
    assert.deepEqual([rework.mayChange, rework.mayAmend], [['why'], ['amount']]);
    const { body: listed } = await world.api.call('GET', '/handoffs?state=open', { as: 'rita' });
    assert.ok(listed.handoffs.some((one: { id: string }) => one.id === rework.id));
    const { body: seen } = await world.api.call('GET', `/cases/${at(caseId)}`, { as: 'rita' });
    assert.deepEqual(
      seen.waitingOn.map((one: { id: string; owner: string }) => [one.id, one.owner]),
      [[rework.id, 'rita']],
    );

    const said = { because: 'For the new office, and it costs less.', packet: { why: 'a new office' } };
    const answered = await post(rework.id, 'rework', 'rita', { ...said, terms: { amount: 50_000 } });
    assert.equal(answered.status, 200, answered.text);
    await world.asked(caseId, 'toWhoAsked-2');
    const again = await show(`${caseId}/toWhoAsked-2`);
    assert.deepEqual([again.owner, again.packet.why, again.terms.amount], ['support-leads', 'a new office', 50_000]);
    assert.deepEqual([again.rework.times, again.rework.atMost, again.rework.to], [1, 2, 'requester']);
    assert.deepEqual([again.rework.said.by, again.rework.said.because], ['rita', said.because]);
    assert.deepEqual(again.rework.said.edits.terms.patch, [{ op: 'replace', path: '/amount', value: 50_000 }]);
    assert.deepEqual(again.rework.was, { packet: { why: 'it was asked for' }, terms: { amount: 60_000 } });

    assert.equal(await world.answer(again.id, 'rita'), '403 role-missing', 'who answered has no further right');
    assert.equal(await world.answer(again.id, 'leo'), '200');
    assert.equal(await world.text(caseId), '50000 by leo');
    assert.equal((await world.bodies(caseId, 'policy.ruled')).length, 2, 'the changed terms were ruled on again');
    assert.equal(firstBroken(await world.record(caseId)), undefined);
    assert.deepEqual(await timesReturned(caseId), [
      { process: 'purchase', handoff: 'toWhoAsked', queue: 'support-leads', times: 1 },
    ]);
    const history = await world.client.workflow.getHandle(caseId).fetchHistory();
    const options = { workflowBundle: await storiesBundle(), dataConverter: dataConverter(codec) };
    await assert.doesNotReject(Worker.runReplayHistory(options, history, caseId));
  });

  it('twice, and then once more, is rejected', async () => {
    const caseId = await begin('toWhoAsked');
    for (const n of [1, 2]) {
      const { id } = await world.asked(caseId, `toWhoAsked-${n}`);
      await sendBack(id, `not yet, ${n}`);
      assert.equal(await code(post(`${id}/rework`, 'rework', 'rita', { because: 'Nothing to change.' })), '200');
    }
    const { id } = await world.asked(caseId, 'toWhoAsked-3');
    assert.equal((await show(id)).rework.times, 2);
    const { decision } = await sendBack(id, 'still not');
    assert.deepEqual([decision.verdict, decision.because], ['rejected', 'returned-too-often']);
    assert.equal(await world.text(caseId), 'rejected: returned-too-often');
    const { body } = await world.api.call('GET', `/handoffs/${at(id)}/comments`, { as: 'leo' });
    assert.deepEqual(
      body.comments.map(({ by, text }: { by: string; text: string }) => [by, text]),
      [['leo', 'still not']],
      'why it was to be sent back is kept',
    );
    assert.equal((await timesReturned(caseId))[0].times, 2);
  });

  it('goes to a queue, and once more to where it is escalated, who do not send it back any more', async () => {
    const caseId = await begin('toRecords');
    const { id } = await world.asked(caseId, 'toRecords-1');
    await sendBack(id);
    assert.equal(await code(post(`${id}/rework`, 'rework', 'leo', { because: 'x' })), '403 not-your-queue');
    assert.equal(await code(post(`${id}/rework`, 'rework', 'rita', { because: 'x' })), '403 role-missing');
    assert.equal(await code(post(`${id}/rework`, 'rework', 'cleo', { because: 'The record is right.' })), '200');
    const again = await world.asked(caseId, 'toRecords-2');
    const sent = await sendBack(again.id, 'It is not.');
    assert.deepEqual([sent.state, sent.slaStage, sent.owner], ['open', 'escalated', 'support-managers']);
    for (const as of ['leo', 'mia'])
      assert.equal(await code(post(again.id, 'return', as, { because: 'again' })), '409 returned-too-often', as);
    assert.equal(await world.answer(again.id, 'mia'), '200');
    assert.equal(await world.text(caseId), '60000 by mia');
    const [escalated] = await world.bodies(caseId, 'handoff.escalated');
    assert.equal(escalated.because, 'returned-too-often');
  });

  it('is not decided by whoever answered it, be it for another', async () => {
    const [from, to] = [new Date(Date.now() - 1_000), new Date(Date.now() + 3_600_000)].map((at) => at.toISOString());
    const body = { from, to, whom: 'leo' };
    assert.equal((await world.api.call('POST', '/delegations', { as: 'cleo', body })).status, 201);
    const caseId = await begin('toRecords');
    const { id } = await world.asked(caseId, 'toRecords-1');
    await sendBack(id);
    assert.equal(await code(post(`${id}/rework`, 'rework', 'leo', { because: 'The record is right.' })), '200');
    const again = await world.asked(caseId, 'toRecords-2');
    assert.equal(await world.answer(again.id, 'leo'), '403 four-eyes');
    await world.pool.query('delete from delegations');
  });

  it('is changed only where the contract says so, and into what it takes; the first answer stands', async () => {
    const caseId = await begin('toWhoAsked');
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    await sendBack(id);
    const answer = (more: object) => post(`${id}/rework`, 'rework', 'rita', { because: 'done', ...more });
    assert.equal(await code(answer({ terms: { orderId: 'O-2' } })), '422 amendment-not-allowed');
    assert.equal(await code(answer({ packet: { other: 'x' } })), '422 amendment-not-allowed');
    const wrong = await answer({ terms: { amount: -1 } });
    assert.deepEqual([wrong.body.code, wrong.body.errors[0].field], ['amendment-invalid', '/terms/amount']);
    assert.equal(await code(answer({ because: '' })), '422 request-invalid');
    assert.equal(await code(answer({ version: 7 })), '409 version-stale');
    assert.equal(await code(post(`${id}/rework`, 'decision', 'rita', { verdict: 'approved' })), '403 four-eyes');
    assert.equal(await code(post(id, 'rework', 'leo', { because: 'x' })), '409 handoff-kind');
    const answers = await Promise.all(Array.from({ length: 5 }, () => code(answer({}))));
    assert.deepEqual(answers.toSorted(), ['200', ...Array(4).fill('409 handoff-closed')]);
  });

  for (const [amount, text] of [
    [2_000, '2000 by leo'],
    [95_000, 'rejected: otherwise'],
  ] as const)
    it(`with other terms is ruled on again, though its owner changed nothing of them: ${amount}`, async () => {
      const caseId = await begin('toWhoAsked');
      const { id } = await world.asked(caseId, 'toWhoAsked-1');
      await sendBack(id);
      await post(`${id}/rework`, 'rework', 'rita', { because: 'another sum', terms: { amount } });
      const again = await world.asked(caseId, 'toWhoAsked-2');
      assert.equal(await world.answer(again.id, 'leo'), '200');
      assert.equal(await world.text(caseId), text);
      const { decision } = await show(again.id);
      assert.deepEqual([decision.amended, decision.edits], [true, null]);
    });

  it('and never answered comes back to its owner as it was', async () => {
    const caseId = await begin('toWhoAsked');
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    await sendBack(id);
    const past = `update handoffs set at_risk_at = now() - interval '2 s', escalates_at = now(), expires_at = now() where id = $1`;
    await world.pool.query(past, [`${id}/rework`]);
    assert.equal(await code(post(`${id}/rework`, 'rework', 'rita', { because: 'late' })), '409 handoff-closed');
    await world.client.workflow.getHandle(caseId).signal('decided', { handoffId: `${id}/rework`, verdict: '', by: '' });
    const again = await world.asked(caseId, 'toWhoAsked-2');
    assert.deepEqual([again.terms, again.said?.verdict], [(await show(id)).terms, 'expired']);
    const types = await world.types(caseId);
    assert.ok(types.includes('handoff.at-risk') && !types.includes('handoff.escalated'));
  });

  it('by a system’s request goes to whoever may act for systems', async () => {
    const caseId = await world.begin('goes back', { told: 'toWhoAsked', amount: 60_000 });
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    await sendBack(id);
    assert.equal((await show(`${id}/rework`, 'storefront')).owner, 'system');
    assert.equal(await code(post(`${id}/rework`, 'rework', 'storefront', { because: 'sent anew' })), '200');
    await world.asked(caseId, 'toWhoAsked-2');
  });

  it('is withdrawn with its case', async () => {
    const caseId = await begin('toWhoAsked');
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    await sendBack(id);
    await world.api.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'rita' });
    assert.equal((await world.closed(caseId)).outcome, 'cancelled');
    assert.equal((await show(`${id}/rework`, 'rita')).state, 'withdrawn');
    assert.equal(await code(post(`${id}/rework`, 'rework', 'rita', { because: 'late' })), '409 handoff-closed');
  });

  it('under a contract that only says how often is the workflow’s to answer, as often', async () => {
    const caseId = await world.begin('asks again by itself', {}, { requestedBy: 'rita' });
    const first = await world.asked(caseId, 'onlySoOften-1');
    assert.deepEqual((await show(first.id)).rework, {
      times: 0,
      atMost: 1,
      to: null,
      then: 'rejected',
      said: null,
      was: null,
    });
    await sendBack(first.id);
    const second = await world.asked(caseId, 'onlySoOften-2');
    assert.equal((await show(second.id)).rework.times, 1);
    await sendBack(second.id);
    assert.equal(await world.text(caseId), 'rejected: returned-too-often');
  });

  it('is asked again only after a rework of this very handoff and case, which is over', async () => {
    const [one, other] = [await begin('toWhoAsked'), await begin('toWhoAsked')];
    const { id } = await world.asked(one, 'toWhoAsked-1');
    await sendBack(id);
    const found = (caseId: string, name: string, rework = `${id}/rework`) =>
      askedAgain(world.pool, caseId, name, rework);
    assert.equal(await found(one, 'toWhoAsked'), undefined, 'it is open');
    await post(`${id}/rework`, 'rework', 'rita', { because: 'done' });
    assert.ok(await found(one, 'toWhoAsked'));
    assert.equal(await found(other, 'toWhoAsked'), undefined);
    assert.equal(await found(one, 'toRecords'), undefined);
    assert.equal(await found(one, 'toWhoAsked', id), undefined);
  });
});
