import assert from 'node:assert/strict';
import { applyPatch } from 'rfc6902';
import { turnQuestions } from '../../store/questions.ts';
import { firstBroken } from '../../store/record.ts';
import { until, vocabularyWorld, type VocabularyWorld } from './world.ts';

const at = encodeURIComponent;

describe('a question before a decision', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const call = (method: string, path: string, as: string, body?: object) =>
    world.api.call(method, path, { as, ...(body ? { body } : {}) });
  const code = async (got: Promise<{ status: number; body: any }>) => {
    const { status, body } = await got;
    return status < 400 ? String(status) : `${status} ${body.code}`;
  };
  const handoff = async (told = 'toWhoAsked', requestedBy = 'rita') => {
    const caseId = await world.begin('goes back', { told, amount: 60_000 }, { requestedBy });
    return { caseId, id: (await world.asked(caseId, `${told}-1`)).id };
  };
  const ask = (id: string, to = 'requester', more: object = {}) =>
    call('POST', `/handoffs/${at(id)}/questions`, 'leo', { to, question: 'What is it for?', ...more });
  const asked = async (id: string, to = 'requester', more: object = {}): Promise<string> => {
    const got = await ask(id, to, more);
    assert.equal(got.status, 200, got.text);
    return got.body.questions.at(-1).id;
  };
  const answer = (question: string, as: string, text = 'For the new office.') =>
    call('POST', `/questions/${at(question)}/answer`, as, { answer: text });
  const show = async (id: string, as = 'leo') => (await call('GET', `/handoffs/${at(id)}`, as)).body;
  const listed = async (as: string, query = '') =>
    (await call('GET', `/questions?limit=200${query}`, as)).body.questions.map((one: { id: string }) => one.id);
  const overdue = (id: string) =>
    world.pool.query(`update questions set at_risk_at = now() - interval '1 s', due_at = now() where id = $1`, [id]);

  it('goes to who asked for the case, comes back beside the packet, and then the case is approved', async () => {
    const { caseId, id } = await handoff();
    const before = await show(id);
    const question = await asked(id);
    assert.ok((await listed('rita', '&state=open')).includes(question));
    const { body: seen } = await call('GET', `/questions/${at(question)}`, 'rita');
    assert.deepEqual(
      [seen.caseId, seen.question, seen.shows, seen.slaStage],
      [caseId, 'What is it for?', [], 'waiting'],
    );
    assert.deepEqual(
      Object.keys(seen).filter((field) => ['packet', 'terms', 'handoffId', 'askedBy', 'process'].includes(field)),
      [],
    );
    assert.equal((await answer(question, 'rita')).body.state, 'answered');

    const after = await show(id);
    assert.deepEqual([after.packet, after.terms], [before.packet, before.terms], 'not mixed into what was declared');
    const [{ to, answer: text, by, askedBy, state }] = after.questions;
    assert.deepEqual([to, text, by, askedBy, state], ['requester', 'For the new office.', 'rita', 'leo', 'answered']);
    assert.ok(after.version > before.version);
    assert.equal(await world.answer(id, 'leo'), '409 version-stale');
    assert.equal(await world.answer(id, 'leo', { version: after.version }), '200');
    assert.equal(await world.text(caseId), '60000 by leo');

    const [line] = await world.bodies(caseId, 'handoff.answered');
    assert.deepEqual(line, { handoff: id, to: 'requester', answer: 'For the new office.' });
    assert.equal((await world.bodies(caseId, 'handoff.asked')).length, 1);
    assert.equal(firstBroken(await world.record(caseId)), undefined);
  });

  it('gives who answers no further right: they asked for the case, and do not decide on it', async () => {
    const { id } = await handoff('toWhoAsked', 'leo');
    assert.equal(await code(ask(id)), '403 four-eyes', 'nor does who asked for it ask themselves');
    const other = await handoff();
    const question = await asked(other.id);
    await answer(question, 'rita');
    assert.equal(await world.answer(other.id, 'rita'), '403 role-missing');
    assert.equal(await code(call('GET', `/handoffs/${at(other.id)}`, 'rita')), '403 role-missing');
  });

  it('goes to another queue, whose members see it and nothing else of the case', async () => {
    const { caseId, id } = await handoff();
    const question = await asked(id, 'customer-data', { show: ['/terms/amount', '/terms/lines/0/id'] });
    assert.ok((await listed('cleo')).includes(question));
    assert.ok(!(await listed('otto')).includes(question) && !(await listed('mia')).includes(question));
    const { body } = await call('GET', `/questions/${at(question)}`, 'cleo');
    assert.deepEqual(body.shows, [
      { at: '/terms/amount', value: 60_000 },
      { at: '/terms/lines/0/id', value: 'a' },
    ]);
    assert.equal(await code(call('GET', `/questions/${at(question)}`, 'otto')), '404 not-found');
    assert.equal(await code(answer(question, 'otto')), '404 not-found');
    assert.equal(await code(answer(question, 'rita')), '404 not-found', 'it is not put to who asked for the case');
    assert.equal(await code(call('GET', `/handoffs/${at(id)}`, 'cleo')), '403 not-your-queue');
    assert.equal(await code(answer(question, 'cleo')), '200');
    assert.equal((await show(id)).questions[0].by, 'cleo');
    const [asked_] = await world.bodies(caseId, 'handoff.asked');
    assert.deepEqual(asked_.shows, ['/terms/amount', '/terms/lines/0/id'], 'the record says what was shown');
  });

  it('is answered once: the first answer stands', async () => {
    const { id } = await handoff();
    const question = await asked(id);
    const texts = ['one', 'two', 'three', 'four'];
    const answers = await Promise.all(texts.map((text) => code(answer(question, 'rita', text))));
    assert.deepEqual(answers.toSorted(), ['200', ...Array(3).fill('409 question-closed')]);
    const [{ answer: stands }] = (await show(id)).questions;
    assert.equal(stands, texts[answers.indexOf('200')]);
  });

  it('of what a system asked for goes to whoever acts for systems', async () => {
    const caseId = await world.begin('goes back', { told: 'toWhoAsked', amount: 60_000 });
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    const question = await asked(id);
    assert.ok((await listed('storefront')).includes(question));
    assert.equal(await code(answer(question, 'rita')), '404 not-found');
    assert.equal(await code(answer(question, 'storefront')), '200');
  });

  it('is not put to those whom its contract does not name, for longer than it says, or about what is not shown', async () => {
    const { id } = await handoff();
    const refused = async (to: string, more: object) => {
      const { status, body } = await ask(id, to, more);
      return [status, body.code, body.errors?.[0]?.field];
    };
    const not = 'question-not-allowed';
    assert.deepEqual(await refused('order-management', {}), [422, not, '/to']);
    assert.deepEqual(await refused('support-leads', {}), [422, not, '/to']);
    assert.deepEqual(await refused('requester', { answerWithin: '3 hours' }), [422, not, '/answerWithin']);
    assert.deepEqual(await refused('requester', { answerWithin: 'for ever' }), [
      422,
      'request-invalid',
      '/answerWithin',
    ]);
    for (const pointer of [
      '/terms/none',
      '/packet/why/length',
      '/terms/lines/length',
      '/owner',
      'terms',
      '/__proto__',
      '/packet/constructor',
    ])
      assert.deepEqual(await refused('requester', { show: [pointer] }), [422, not, '/show/0'], pointer);
    assert.deepEqual(await refused('requester', { question: '' }), [422, 'request-invalid', '/question']);
    assert.deepEqual(await refused('requester', { question: 'x'.repeat(2_001) }), [
      422,
      'request-invalid',
      '/question',
    ]);
    assert.deepEqual((await show(id)).questions, []);
    assert.equal(await code(ask(id, 'requester', { answerWithin: '20 minutes' })), '200');
  });

  it('is open together with at most nine others', async () => {
    const { id } = await handoff();
    for (let n = 0; n < 10; n++) await asked(id);
    assert.equal(await code(ask(id)), '422 question-not-allowed');
  });

  it('may be taken back by who asked it, and by nobody else', async () => {
    const { caseId, id } = await handoff();
    const question = await asked(id);
    const withdraw = (as: string) => code(call('POST', `/questions/${at(question)}/withdrawal`, as));
    assert.equal(await withdraw('rita'), '403 not-your-queue');
    assert.equal(await withdraw('leo'), '200');
    assert.equal(await code(answer(question, 'rita')), '409 question-closed');
    assert.equal((await show(id)).questions[0].state, 'taken-back');
    assert.deepEqual(await world.bodies(caseId, 'handoff.question-over'), [{ handoff: id, because: 'taken-back' }]);
  });

  it('that nobody answers in time is over, and its asker sees so; the handoff stays open', async () => {
    const { caseId, id } = await handoff();
    const question = await asked(id);
    await overdue(question);
    assert.ok((await turnQuestions(world.pool, 100)) >= 1);
    const seen = await show(id);
    assert.deepEqual([seen.state, seen.questions[0].state], ['open', 'unanswered']);
    assert.equal(await code(answer(question, 'rita')), '409 question-closed');
    assert.deepEqual(await world.bodies(caseId, 'handoff.question-over'), [{ handoff: id, because: 'unanswered' }]);
    const late = await asked(id);
    await overdue(late);
    assert.equal(await code(answer(late, 'rita')), '409 question-closed', 'also before the watch came by');
    assert.equal((await show(id)).questions[1].state, 'unanswered');
  });

  it('stops the clock of its handoff where the contract says so, until it is answered', async () => {
    const { id } = await handoff('toRecords');
    const question = await asked(id);
    const paused = async () =>
      (await world.pool.query('select paused_at from handoffs where id = $1', [id])).rows[0].paused_at !== null;
    assert.equal(await paused(), true);
    await answer(question, 'rita');
    assert.equal(await paused(), false);
    const other = await handoff();
    await asked(other.id);
    const { rows } = await world.pool.query('select paused_at from handoffs where id = $1', [other.id]);
    assert.equal(rows[0].paused_at, null);
  });

  it('stops it so often and no more: asking again and again keeps nothing from being escalated', async () => {
    const { id } = await handoff('toRecords');
    const paused = async () => (await show(id)).paused !== null;
    for (let n = 0; n < 10; n += 1) {
      const question = await asked(id);
      assert.equal(await paused(), true, String(n));
      assert.equal(await code(call('POST', `/questions/${at(question)}/withdrawal`, 'leo')), '200');
    }
    await asked(id);
    assert.equal(await paused(), false);
  });

  it('closes with its handoff', async () => {
    const { id } = await handoff();
    const question = await asked(id);
    assert.equal(await world.answer(id, 'leo', { version: 2 }), '200');
    assert.equal((await show(id)).questions[0].state, 'closed');
    assert.equal(await code(answer(question, 'rita')), '409 question-closed');
    const cancelled = await handoff();
    const other = await asked(cancelled.id);
    await call('POST', `/cases/${at(cancelled.caseId)}/cancellation`, 'rita');
    await world.closed(cancelled.caseId);
    await until(async () => (await show(cancelled.id, 'ada')).questions[0].state === 'closed', 'it is closed');
    assert.equal(await code(answer(other, 'rita')), '409 question-closed');
  });

  it('is not asked by those who may not answer, nor once it is decided', async () => {
    const { id } = await handoff();
    const by = (as: string) =>
      code(call('POST', `/handoffs/${at(id)}/questions`, as, { to: 'requester', question: 'x' }));
    for (const [as, refused] of [
      ['rita', '403 role-missing'],
      ['ada', '403 role-missing'],
      ['otto', '403 not-your-queue'],
      ['mia', '403 not-your-queue'],
    ] as const)
      assert.equal(await by(as), refused, as);
    await world.answer(id, 'leo');
    assert.equal(await by('leo'), '409 handoff-closed');
  });

  it('makes what was read before stale; the answer says what changed, as a patch of what was seen', async () => {
    const { id } = await handoff();
    const part = ({ packet, terms, mayAmend, hidden, questions }: any) => ({
      packet,
      terms,
      mayAmend,
      hidden,
      questions,
    });
    const versions = [await show(id)];
    const question = await asked(id);
    versions.push(await show(id));
    await answer(question, 'rita');
    await asked(id, 'customer-data');
    const now = await show(id);
    for (const [what, more] of [
      ['decision', { verdict: 'approved' }],
      ['return', { because: 'x' }],
      ['claim', {}],
      ['questions', { to: 'requester', question: 'x' }],
    ] as const)
      for (const read of versions) {
        const got = await call('POST', `/handoffs/${at(id)}/${what}`, 'leo', { ...more, version: read.version });
        assert.equal(`${got.status} ${got.body.code}`, '409 version-stale', what);
        const seen = structuredClone(part(read));
        assert.deepEqual(applyPatch(seen, got.body.changes).filter(Boolean), []);
        assert.deepEqual(seen, part(now), what);
      }
    const never = await call('POST', `/handoffs/${at(id)}/claim`, 'leo', { version: 99 });
    assert.deepEqual([never.body.code, never.body.changes], ['version-stale', undefined]);
  });
});
