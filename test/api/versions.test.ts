import assert from 'node:assert/strict';
import { applyPatch } from 'rfc6902';
import { taskOf } from '../../activities/task-of.ts';
import { findAction } from '../../store/actions.ts';
import { digest } from '../../store/digest.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { openTask } from '../../store/tasks.ts';
import * as definitions from '../../workflows/definitions.ts';
import { until } from '../world.ts';
import { at, waitingCase, world, type World } from './world.ts';

const secret = 'what the model was not sure of';

describe('the versions of a handoff', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const post = (path: string, as: string, body: object) => here.call('POST', path, { as, body });
  const ask = (id: string, to: string, more: object = {}) =>
    post(`/handoffs/${at(id)}/questions`, 'leo', { to, question: 'Which order?', ...more });
  const show = async (id: string, as = 'leo') => (await here.call('GET', `/handoffs/${at(id)}`, { as })).body;
  /** Whose draft of a reply is hidden. */
  const unsure = async (requestId: string, approvals = 1) => {
    const { caseId, terms, packet, ...rest } = await waitingCase(here.pool, requestId);
    const handoff = await openHandoff(here.pool, {
      ...{ id: `${caseId}/review-2`, caseId, process: 'refund', name: 'review', owner: rest.owner },
      ...{ packet: { ...(packet as object), summary: secret }, approvals },
      ...{ terms: { ...(terms as object), reply: secret }, hidden: ['summary', 'reply'], drafts: ['summary', 'reply'] },
      ...{ escalateTo: rest.escalateTo, termsName: 'refund', mayAmend: rest.mayAmend },
      ...{ atRiskAt: rest.atRiskAt, escalatesAt: rest.escalatesAt, expiresAt: rest.expiresAt! },
    });
    return handoff!.id;
  };

  it('never show a hidden draft: not in what changed, nor to those asked', async () => {
    const id = await unsure('hidden');
    const read = await show(id);
    assert.equal((await ask(id, 'requester')).status, 200);
    const stale = await post(`/handoffs/${at(id)}/claim`, 'leo', { version: 1 });
    const seen = {
      packet: read.packet,
      terms: read.terms,
      mayAmend: read.mayAmend,
      hidden: read.hidden,
      questions: [],
    };
    assert.deepEqual(applyPatch(seen, stale.body.changes).filter(Boolean), []);
    assert.equal((seen.questions[0] as any).question, 'Which order?');
    assert.ok(!stale.text.includes(secret));
    const refused = await ask(id, 'requester', { show: ['/terms/reply'] });
    assert.deepEqual([refused.body.code, refused.body.errors[0].field], ['question-not-allowed', '/show/0']);
    const whole = await ask(id, 'requester', { show: ['/terms'] });
    assert.equal(whole.status, 200);
    const { body } = await here.call('GET', '/questions', { as: 'rita' });
    assert.ok(body.questions.some(({ shows }: any) => shows[0]?.value.amount === 60_000));
    assert.ok(!JSON.stringify(body).includes(secret));
  });

  it('never show a draft of the packet either once the first of several wrote their own terms', async () => {
    const id = await unsure('hidden-board', 2);
    const amend = { reply: 'We looked into it.' };
    const first = await post(`/handoffs/${at(id)}/decision`, 'leo', { verdict: 'approved', version: 1, amend });
    assert.deepEqual([first.status, first.body.terms.reply], [200, amend.reply], first.text);
    const stale = await post(`/handoffs/${at(id)}/claim`, 'leo', { version: 1 });
    assert.deepEqual([stale.body.code, stale.text.includes(amend.reply)], ['version-stale', true]);
    const refused = await ask(id, 'requester', { show: ['/packet/summary'] });
    assert.equal(refused.body.code, 'question-not-allowed');
    const returned = await post(`/handoffs/${at(id)}/return`, 'leo', { because: 'no', version: 2 });
    for (const { text } of [first, stale, refused, returned]) assert.ok(!text.includes(secret));
  });

  it('keep its packet and its terms: no statement changes them in place', async () => {
    const { id } = await waitingCase(here.pool, 'in-place');
    for (const set of [`packet = '{}'`, `terms = '{}'`])
      await assert.rejects(here.pool.query(`update handoffs set ${set} where id = $1`, [id]), /not changed in place/);
  });

  it('are numbers that there may be', async () => {
    const { id } = await waitingCase(here.pool, 'huge');
    const got = await post(`/handoffs/${at(id)}/decision`, 'leo', { verdict: 'approved', version: 2 ** 31 });
    assert.deepEqual([got.body.code, got.body.errors[0].field], ['request-invalid', '/version']);
  });

  it('count a decision and a withdrawal, too', async () => {
    const { id } = await waitingCase(here.pool, 'decided');
    await post(`/handoffs/${at(id)}/decision`, 'leo', { verdict: 'approved', version: 1 });
    const { rows } = await here.pool.query('select version from handoff_versions where handoff_id = $1 order by 1', [
      id,
    ]);
    assert.deepEqual(rows, [{ version: 1 }, { version: 2 }]);
  });

  it('count the questions that are over, which the API ends by itself', async () => {
    const { id } = await waitingCase(here.pool, 'watched');
    const question = (await ask(id, 'requester')).body.questions[0].id;
    await here.pool.query('update questions set at_risk_at = now(), due_at = now() where id = $1', [question]);
    const quick = await world({ pool: here.pool, watchEveryMs: 50 });
    const ended = await until(async () => {
      const seen = await show(id);
      return seen.questions[0].state === 'unanswered' && seen;
    }, 'it is over');
    await quick.close();
    assert.deepEqual([ended.version, ended.state], [3, 'open']);
  });

  it('of a task count its questions, too: it has no contract, and asks the requester or a queue of its process', async () => {
    const { caseId } = await waitingCase(here.pool, 'task');
    const key = `${caseId}/payCustomer-1`;
    const input = { orderId: '#W1', paymentMethodId: 'card-1', amount: 100, currency: 'EUR' };
    await here.pool.query(
      `insert into actions (key, case_id, process, action, operation, input, input_digest, approval, state, may_land_until)
       values ($1, $2, 'refund', 'payCustomer', 'payments.refund', $3, $4, $1, 'stuck', now())`,
      [key, caseId, input, digest(input)],
    );
    const action = (await findAction(here.pool, key))!;
    await openTask(here.pool, taskOf({ ...definitions }, action, 'undo-failed', 'it went wrong'));
    const id = `${key}/undo-failed`;
    const from = (to: string) => post(`/handoffs/${at(id)}/questions`, 'fiona', { to, question: 'Did it arrive?' });
    for (const to of ['requester', 'support-leads']) assert.equal((await from(to)).status, 200, to);
    assert.equal((await from('claims-finance')).body.code, 'question-not-allowed');
    const question = (await show(id, 'fiona')).questions[1].id;
    assert.equal((await post(`/questions/${at(question)}/answer`, 'leo', { answer: 'It did.' })).status, 200);
    const complete = (version: number) =>
      post(`/handoffs/${at(id)}/completion`, 'fiona', { found: 'stands', because: 'seen', version });
    const stale = await complete(1);
    assert.deepEqual([stale.body.code, stale.body.changes.length > 0], ['version-stale', true]);
    assert.equal((await complete((await show(id, 'fiona')).version)).status, 200);
  });
});
