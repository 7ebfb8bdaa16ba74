import assert from 'node:assert/strict';
import { applyPatch } from 'rfc6902';
import { openHandoff } from '../../store/open-handoff.ts';
import { digest } from '../../store/digest.ts';
import { readRecord } from '../../store/record.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('what an approver changed', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const approve = (id: string, amend: object) =>
    here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body: { verdict: 'approved', version: 1, amend } });
  const lineOf = async (caseId: string) =>
    (await readRecord(here.pool, caseId)).find(({ type }) => type === 'handoff.decided')!.body as any;
  const byField = async (id: string) =>
    (
      await here.pool.query(
        'select process, handoff, field, op, drafted from edits_by_field where handoff_id = $1 order by path',
        [id],
      )
    ).rows;
  /** As the process opens it: a model drafted the reply. */
  const drafted = async (requestId: string) => {
    const { id, caseId, terms, packet, ...rest } = await waitingCase(here.pool, requestId);
    const handoff = await openHandoff(here.pool, {
      ...{ id: `${caseId}/review-2`, caseId, process: 'refund', name: 'review', owner: rest.owner, packet, terms },
      ...{ escalateTo: rest.escalateTo, termsName: 'refund', mayAmend: rest.mayAmend, drafts: ['summary', 'reply'] },
      ...{ atRiskAt: rest.atRiskAt, escalatesAt: rest.escalatesAt, expiresAt: rest.expiresAt! },
    });
    return handoff!;
  };

  it('is kept as a patch of what the terms said, with what a model had drafted told apart', async () => {
    const { id, caseId, terms } = await drafted('drafted');
    const before = structuredClone(terms) as any;
    const payouts = [{ ...before.payouts[0], amount: 30_000 }];
    const got = await approve(id, { payouts, amount: 30_000, reply: 'We pay half.' });
    assert.equal(got.status, 200, got.text);
    const { edits, terms: after } = got.body.decision;
    assert.deepEqual([edits.against, edits.drafted], [digest(terms), ['reply']]);
    const patched = structuredClone(before);
    assert.deepEqual(applyPatch(patched, edits.patch).filter(Boolean), []);
    assert.deepEqual(patched, after);

    const line = await lineOf(caseId);
    assert.deepEqual(line.edits, edits);
    assert.ok(!('before' in line.edits) && !('after' in line.edits));
    const shown = (await here.call('GET', `/handoffs/${at(id)}`, { as: 'ada' })).body;
    assert.deepEqual(shown.decision.edits, edits);
    assert.deepEqual(await byField(id), [
      { process: 'refund', handoff: 'review', field: 'amount', op: 'replace', drafted: false },
      { process: 'refund', handoff: 'review', field: 'payouts', op: 'replace', drafted: false },
      { process: 'refund', handoff: 'review', field: 'reply', op: 'replace', drafted: true },
    ]);
  });

  it('is nothing where they approved what was proposed, also in the same words', async () => {
    const { id, caseId, terms } = await drafted('as-proposed');
    const got = await approve(id, { reply: (terms as { reply: string }).reply });
    assert.deepEqual([got.body.decision.amended, got.body.decision.edits], [false, null]);
    assert.equal('edits' in (await lineOf(caseId)), false);
    assert.deepEqual(await byField(id), []);
  });
});
