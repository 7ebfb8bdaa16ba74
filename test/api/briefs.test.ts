import assert from 'node:assert/strict';
import { openHandoff } from '../../store/open-handoff.ts';
import { transaction } from '../../store/pool.ts';
import { append } from '../../store/record.ts';
import { openRework } from '../../store/rework.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('the brief of a handoff', function () {
  this.timeout(60_000);
  let here: World;
  before(async () => {
    here = await world();
  });
  after(() => here.close());

  const brief = async (as: string, id: string) => here.call('GET', `/handoffs/${at(id)}/brief`, { as });
  const post = async (as: string, id: string, what: string, body: object) => {
    const got = await here.call('POST', `/handoffs/${at(id)}/${what}`, { as, body });
    assert.ok(got.status < 300, got.text);
    return got.body;
  };

  it('tells what happened about it, and how another of its case was answered before', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'brief-history');
    await post('leo', id, 'claim', {});
    await post('leo', id, 'comments', { text: 'She wrote twice.' });
    await post('leo', id, 'questions', { to: 'requester', question: 'Which desk?' });
    await here.call('POST', `/questions/${at(`${caseId}/question-1`)}/answer`, {
      as: 'rita',
      body: { answer: 'Both.' },
    });
    await post('leo', id, 'decision', { verdict: 'rejected', because: 'Not that one.', version: 3 });
    const second = await openHandoff(here.pool, {
      ...{ id: `${caseId}/review-2`, caseId, process: 'refund', name: 'review', owner: 'support-leads' },
      ...{ escalateTo: 'support-managers', termsName: 'refund', terms: {}, packet: {}, mayAmend: [] },
      ...{ atRiskAt: new Date(), escalatesAt: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    });
    const told = (found: { what: string; by: string; text: string | null; handoff: string | null }[]) =>
      found.map(({ what, by, text, handoff }) => [what, by, text, handoff]);
    assert.deepEqual(told((await brief('leo', id)).body.history), [
      ['opened', 'baton', null, null],
      ['claimed', 'leo', null, null],
      ['commented', 'leo', 'She wrote twice.', null],
      ['asked', 'leo', 'Which desk?', null],
      ['answered', 'rita', 'Both.', null],
      ['decided', 'leo', 'Not that one.', null],
    ]);
    assert.deepEqual(told((await brief('leo', second!.id)).body.history), [
      ['decided', 'leo', 'Not that one.', 'review'],
      ['opened', 'baton', null, null],
    ]);
  });

  it('says before the click why somebody may not answer, and who may be asked', async () => {
    const own = await waitingCase(here.pool, 'brief-own', { requester: 'leo' });
    const { may, asks, requester } = (await brief('leo', own.id)).body;
    assert.deepEqual(may.answer, { code: 'four-eyes', detail: 'You asked for it' });
    assert.equal(requester, 'leo');
    assert.ok(asks.to.includes('requester') && !asks.to.includes('support-leads'));

    const shared = await waitingCase(here.pool, 'brief-claimed', { owner: 'finance-directors' });
    assert.equal((await brief('fergus', shared.id)).body.may.answer, null);
    await post('dirk', shared.id, 'claim', {});
    assert.deepEqual((await brief('fergus', shared.id)).body.may.answer.code, 'claimed-by-other');
    assert.deepEqual((await brief('ada', shared.id)).body.may.answer.code, 'not-your-queue');
  });

  it('names the writes of its case that stand, and none that was compensated', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'brief-written');
    const write = (type: string, key: string) =>
      append(here.pool, { caseId, type, key: `${caseId}/${key}`, actor: 'baton', body: {} });
    await write('action.done', 'payCustomer:payout-1-1');
    await write('action.done', 'requestReturn:return-1-1');
    await write('action.compensated', 'requestReturn:return-1-1');
    assert.deepEqual((await brief('leo', id)).body.written, ['payCustomer']);
  });

  it('tells whoever asked for it, when it goes back to them, nothing of the rules, the model or other reviewers', async () => {
    const returned = await waitingCase(here.pool, 'brief-rework');
    const { id, caseId } = returned;
    const said = async (type: string, key: string, actor: string, body: object) =>
      append(here.pool, { caseId, type, key, actor, body });
    const ruled = { verdict: 'review', rule: 'repeated', facts: [{ amountInAll: 7_777 }], on: 'refund' };
    const rulings = [{ rule: 'repeated', verdict: 'review' }];
    await said('policy.ruled', `${caseId}/eligibility-1`, 'policy:eligibility@1', { ...ruled, rulings });
    await said('inference.answered', `${caseId}/supported-1`, 'model:m', { confident: false, confidence: 0.31 });
    await said('handoff.decided', `${caseId}/takeOver-1`, 'otto', {
      verdict: 'rejected',
      because: 'It looks invented.',
    });
    const goesBack = { to: 'requester', within: '1 days' as const };
    await transaction(here.pool, (db) => openRework(db, returned, goesBack));
    const asker = await brief('rita', `${id}/rework`);
    assert.equal(asker.status, 200, asker.text);
    assert.doesNotMatch(asker.text, /repeated|7777|0\.31|invented/);
    assert.deepEqual(asker.body.may.answer, null);
    assert.ok(!('rule' in asker.body.handoff.packet), 'the name of a rule is not for them');
    assert.match((await brief('leo', id)).text, /invented/);
    const found = async (search: string) =>
      (await here.call('GET', `/handoffs?search=${search}`, { as: 'rita' })).body.handoffs.length;
    assert.deepEqual([await found('brief-rework'), await found('large-refund')], [1, 0], 'nor by a search for it');
  });

  it('says to whom the amount is above their limit who of its queue may approve it, and to nobody else', async () => {
    const first = await waitingCase(here.pool, 'brief-limit');
    const { caseId, terms, packet } = first;
    const limitedBy = { each: ['payouts'], amount: 'amount', currency: 'currency' };
    const limited = await openHandoff(here.pool, {
      ...{ id: `${caseId}/review-2`, caseId, process: 'refund', name: 'review', owner: 'finance-directors' },
      ...{ escalateTo: 'support-managers', termsName: 'refund', terms, packet, mayAmend: [], limitedBy },
      ...{ atRiskAt: new Date(), escalatesAt: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    });
    const limits = (amount: number) => ({ limits: [{ queue: 'finance-directors', amount, currency: 'EUR' }] });
    await here.call('PUT', '/people/fergus/limits', { as: 'amos', body: limits(100) });
    const may = async (person: string) => (await brief(person, limited!.id)).body.may;
    const { answer, approve, others, standsInFor } = await may('fergus');
    assert.deepEqual([answer, approve.code, others, standsInFor], [null, 'limit-exceeded', ['dirk'], null]);
    for (const person of ['dirk', 'ada', 'mia']) assert.equal((await may(person)).others, null, person);
    const many = Array.from({ length: 60 }, (_, n) => `a-${n}`);
    for (const person of many) {
      await here.call('PUT', `/people/${person}/roles`, { as: 'amos', body: { roles: ['finance-directors'] } });
      await here.call('PUT', `/people/${person}/limits`, { as: 'amos', body: limits(100) });
    }
    assert.deepEqual((await may('fergus')).others, ['dirk'], 'however many of its queue may not');
    await here.call('PUT', '/people/dirk/limits', { as: 'amos', body: limits(100) });
    assert.deepEqual((await may('fergus')).others, []);
  });

  it('shows nowhere the draft of a model that was not sure', async () => {
    const { caseId } = await waitingCase(here.pool, 'brief-hidden');
    const hidden = await openHandoff(here.pool, {
      ...{ id: `${caseId}/review-2`, caseId, process: 'refund', name: 'review', owner: 'support-leads' },
      ...{ escalateTo: 'support-managers', termsName: 'refund', terms: { reply: 'A hidden draft.', amount: 1 } },
      ...{ packet: { summary: 'A hidden summary.' }, mayAmend: ['reply'], hidden: ['reply', 'summary'] },
      ...{ atRiskAt: new Date(), escalatesAt: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    });
    const { text, body } = await brief('leo', hidden!.id);
    assert.doesNotMatch(text, /A hidden/);
    assert.deepEqual(body.handoff.hidden, ['reply', 'summary']);
  });
});
