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

  it('tell everybody who sees the case which step came when, by what rule, and nothing of what it held', async () => {
    for (const as of ['rita', 'leo', 'cleo', 'storefront', 'ada']) {
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
