import assert from 'node:assert/strict';
import { append } from '../../store/record.ts';
import { at, waitingCase, world, type World } from './world.ts';

const secret = 'only the record tells';

describe('the timeline and the writes of a case', function () {
  this.timeout(60_000);
  let here: World;
  let caseId: string;
  before(async () => {
    here = await world();
    ({ caseId } = await waitingCase(here.pool, 'told', { requester: 'rita' }));
    const said = {
      verdict: 'review',
      rule: 'large-refund',
      facts: [secret],
      terms: { reply: secret },
      because: secret,
    };
    await append(here.pool, {
      ...{ caseId, type: 'policy.ruled', key: `${caseId}/eligibility-1`, actor: 'policy:eligibility@2', body: said },
    });
    const answered = { answer: secret, prompt: secret, latencyMs: 12, model: secret };
    await append(here.pool, {
      ...{ caseId, type: 'inference.answered', key: `${caseId}/assess-1`, actor: 'model:gpt', body: answered },
    });
    const key = `${caseId}/postCreditNote:payout-1-1`;
    const input = { orderId: '#W1', amount: 1, currency: 'EUR', secret };
    await here.pool.query(
      `insert into actions (key, case_id, process, action, operation, input, input_digest, approval, state, result)
       values ($1, $2, 'refund', 'postCreditNote', 'ledger.postCreditNote', $3, 'x', 'x', 'done', '{"creditNoteId":"CN-123456"}')`,
      [key, caseId, JSON.stringify(input)],
    );
    await append(here.pool, {
      ...{ caseId, type: 'action.intended', key, actor: 'baton', body: { operation: 'ledger.postCreditNote', input } },
    });
  });
  after(() => here.close());

  const get = async (what: string, as: string) => {
    const got = await here.call('GET', `/cases/${at(caseId)}/${what}`, { as });
    assert.equal(got.status, 200, got.text);
    return got;
  };

  const tell = async (as: string): Promise<any[]> => (await get('timeline', as)).body.lines;

  it('tell whoever answers for the case which step came when, by what rule, and nothing of what it held', async () => {
    for (const as of ['leo', 'cleo', 'storefront', 'ada']) {
      const { body, text } = await get('timeline', as);
      assert.doesNotMatch(text, new RegExp(`${secret}|ida@example|gpt|#W1`), as);
      const told = body.lines.map(({ seq, type, by, step, verdict, rule, owner, operation, tookMs }: any) =>
        [seq, type, by, step, verdict, rule, owner, operation, tookMs].filter((one) => one !== null),
      );
      assert.deepEqual(told, [
        [1, 'case.opened', 'person'],
        [2, 'handoff.opened', 'baton', 'review', 'support-leads'],
        [3, 'policy.ruled', 'policy', 'eligibility', 'review', 'large-refund'],
        [4, 'inference.answered', 'model', 'assess', 12],
        [5, 'action.intended', 'baton', 'postCreditNote', 'ledger.postCreditNote'],
      ]);
    }
  });

  it('tell whoever only asked for the case nothing of rules, models, tasks, and what people did among themselves', async () => {
    const theirs = [
      ['case.opened', null, null, null],
      ['handoff.opened', 'review', null, null],
      ['action.intended', 'postCreditNote', null, null],
    ];
    const told = async () =>
      (await tell('rita')).map(({ type, step, verdict, rule }: any) => [type, step, verdict, rule]);
    assert.deepEqual(await told(), theirs);
    assert.doesNotMatch((await get('timeline', 'rita')).text, /eligibility|assess|large-refund/);

    const [review, toThem, toOthers] = [`${caseId}/review-1`, `${caseId}/question-1`, `${caseId}/question-2`];
    const add = (type: string, key: string, body: object = {}) =>
      append(here.pool, { caseId, type, key, actor: 'leo', body });
    await add('handoff.claimed', review);
    await add('handoff.commented', `${review}/comment-1`);
    await add('handoff.reassigned', review, { to: 'otto' });
    await add('handoff.asked', toThem, { handoff: review, to: 'requester' });
    await add('handoff.asked', toOthers, { handoff: review, to: 'finance' });
    await add('handoff.answered', toOthers, { handoff: review, to: 'finance' });
    await add('handoff.question-over', toThem, { handoff: review });
    await add('handoff.opened', `${caseId}/sampled-1`, { task: 'sampled-review', owner: 'finance' });
    await add('handoff.escalated', `${caseId}/sampled-1`, { to: 'finance-managers' });
    await add('handoff.decided', review, { verdict: 'rejected' });
    assert.deepEqual(await told(), [
      ...theirs,
      ['handoff.asked', 'question', null, null],
      ['handoff.question-over', 'question', null, null],
      ['handoff.decided', 'review', null, null],
    ]);
    assert.doesNotMatch((await get('timeline', 'rita')).text, /finance|otto|rejected/);
    assert.equal((await tell('leo')).length, 15);
  });

  it('are on the clock of the case, as the case itself is', async () => {
    const ahead = 94 * 86_400_000;
    const set = (ms: number) =>
      here.pool.query(`update cases set clock_offset = $2 * interval '1 ms' where case_id = $1`, [caseId, ms]);
    const before = (await tell('leo'))[0].at;
    await set(ahead);
    const { body } = await here.call('GET', `/cases/${at(caseId)}`, { as: 'leo' });
    const [opened] = await tell('leo');
    await set(0);
    assert.equal(body.clockAheadMs, ahead);
    assert.equal(opened.at, new Date(Date.parse(before) + ahead).toISOString());
    assert.ok(Math.abs(Date.parse(opened.at) - Date.parse(body.openedAt)) < 1_000, `${opened.at} ${body.openedAt}`);
  });

  it('say what would be taken back to who sees the case, and what was written to who may reverse it or reads the record', async () => {
    for (const as of ['rita', 'leo', 'storefront']) {
      const { body } = await get('writes', as);
      const [write] = body.writes;
      assert.deepEqual([write.action, write.input, write.result], ['postCreditNote', null, null], as);
      assert.equal(write.compensatedBy, 'ledger.reverseCreditNote');
    }
    for (const as of ['ada', 'amos', 'svea']) {
      const [write] = (await get('writes', as)).body.writes;
      assert.deepEqual([write.input.orderId, write.result.creditNoteId], ['#W1', 'CN-123456'], as);
    }
  });
});
