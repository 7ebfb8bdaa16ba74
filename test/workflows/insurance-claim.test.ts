import assert from 'node:assert/strict';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { firstBroken } from '../../store/record.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { bundle, codec } from '../harness.ts';
import { ago, goodNotice, listed, policy, priorClaim, records, suspicious } from './insurance-claim/good-notice.ts';
import { claimsWorld, type ClaimsWorld } from './insurance-claim/world.ts';

describe('an insurance claim', function () {
  this.timeout(120_000);
  let world: ClaimsWorld;
  before(async () => {
    world = await claimsWorld();
  });
  after(() => world?.close());
  beforeEach(() => world.seed(records()));

  const midBand = () => goodNotice({ amount: 2_450_037 });

  it('that is straightforward is acknowledged, reserved and paid at once, and nobody is asked', async () => {
    const caseId = await world.report(goodNotice());
    const { outcome, result, impact } = await world.closed(caseId);
    assert.equal(outcome, 'settled');
    assert.deepEqual(
      { ...(result as object), paymentId: '' },
      {
        ...{ paymentId: '', paid: 350_037, reserve: 450_037, rework: 0 },
      },
    );
    assert.deepEqual(impact, { paid: 350_037, reserved: 450_037, acknowledgedOnTime: true, rework: 0 });
    assert.deepEqual(await world.written(caseId), [
      ...['claims.setReserve', 'letters.send', 'disbursements.pay', 'letters.send'],
    ]);
    const lines = await world.record(caseId);
    assert.equal(firstBroken(lines), undefined);
    assert.ok(!lines.some(({ type }) => type === 'handoff.opened'));
  });

  it('that was reported too long ago is acknowledged all the same, and counted as late', async () => {
    const reportedOn = ago(16);
    const caseId = await world.report(goodNotice({ reportedOn, dateOfLoss: ago(20), narrative: 'Hail.' }));
    const { impact } = await world.closed(caseId);
    assert.equal((impact as { acknowledgedOnTime: boolean }).acknowledgedOnTime, false);
  });

  it('above what is paid automatically is assessed by an examiner and settled by somebody else in finance', async () => {
    const notice = midBand();
    const caseId = await world.report(notice);
    const { owner, terms, packet } = await world.asked(caseId, 'assess-1');
    assert.equal(owner, 'claims-examiners');
    assert.deepEqual(terms, { claimId: notice.claimId, amount: 2_350_037, currency: 'USD' });
    const [detail] = (packet as { details: { quote: string }[] }).details;
    assert.ok(notice.narrative.includes(detail!.quote));
    assert.equal(await world.answer(caseId, 'assess-1', 'erin'), 'taken');
    assert.equal((await world.asked(caseId, 'settle-1')).owner, 'claims-finance');
    assert.equal(await world.answer(caseId, 'settle-1', 'erin'), '403 not-your-queue');
    assert.equal(await world.answer(caseId, 'settle-1', 'finn'), 'taken');
    assert.equal((await world.closed(caseId)).outcome, 'settled');
  });

  it('is settled by whoever has the authority for its amount, and never more than is covered', async () => {
    const caseId = await world.report(goodNotice({ amount: 20_000_000 }));
    assert.equal((await world.asked(caseId, 'assess-1')).owner, 'senior-claims-examiners');
    await world.answer(caseId, 'assess-1', 'sven', { amend: { amount: 19_900_001 } });
    const again = await world.asked(caseId, 'assess-2');
    assert.deepEqual(await world.rules(caseId, 'authority'), ['more-than-covered']);
    assert.equal((again.packet as { because: string }).because, 'more-than-covered');
    await world.answer(caseId, 'assess-2', 'sven', { amend: { amount: 15_000_000 } });
    assert.equal((await world.asked(caseId, 'settle-1')).owner, 'finance-managers');
    await world.answer(caseId, 'settle-1', 'fay');
    assert.equal((await world.closed(caseId)).result.paid, 15_000_000);
  });

  describe('that raises flags', () => {
    it('is looked at by special investigations first; cleared, it still needs an examiner and finance', async () => {
      const caseId = await world.report(goodNotice(suspicious));
      const { owner, terms, packet } = await world.asked(caseId, 'investigate-1');
      assert.equal(owner, 'special-investigations');
      assert.ok(!('amount' in (terms as object)), 'clearing approves no payment');
      assert.deepEqual((packet as { flags: string[] }).flags, ['FF-2', 'FF-6']);
      await world.answer(caseId, 'investigate-1', 'iris');
      await world.waitsForInformation(caseId); // the police report is still missing
      await world.send(caseId.split('/')[1]!, { documents: ['police_report'] });
      assert.equal((await world.asked(caseId, 'assess-1')).owner, 'senior-claims-examiners');
      await world.answer(caseId, 'assess-1', 'sven');
      await world.answer(caseId, 'settle-1', 'finn');
      assert.equal((await world.closed(caseId)).outcome, 'settled');
      assert.deepEqual(await world.rules(caseId, 'cover'), [
        'fraud-referral',
        'missing-documents',
        'set-aside',
        'set-aside',
      ]);
    });

    it('is never denied by them: a senior examiner does, citing the clause, and the reserve is restored', async () => {
      const caseId = await world.report(goodNotice(suspicious));
      await world.answer(caseId, 'investigate-1', 'iris', { verdict: 'rejected', because: 'staged' });
      const { owner, terms } = await world.asked(caseId, 'deny-1');
      assert.equal(owner, 'senior-claims-examiners');
      const { clause, letter } = terms as { clause: string; letter: string };
      assert.match(clause, /fraud/);
      assert.ok(letter.includes(clause));
      const unsaid = { amend: { letter: 'No.' } };
      assert.equal(await world.answer(caseId, 'deny-1', 'sven', unsaid), '422 amendment-invalid');
      await world.answer(caseId, 'deny-1', 'sven');
      const { outcome, result } = await world.closed(caseId);
      assert.deepEqual([outcome, result], ['denied', { clause, by: 'sven', rework: 0 }]);
      assert.deepEqual(await world.written(caseId), [
        ...['claims.setReserve', 'letters.send', 'claims.restoreReserve', 'letters.send'],
      ]);
    });

    it('goes back to operations where risk want to know more, and is counted as rework', async () => {
      const caseId = await world.report(goodNotice(suspicious));
      await world.answer(caseId, 'investigate-1', 'iris', { verdict: 'returned', because: 'who saw it?' });
      const { owner, packet } = await world.asked(caseId, 'answerRisk-1');
      assert.equal(owner, 'claims-examiners');
      assert.deepEqual([(packet as any).because, (packet as any).rework], ['who saw it?', 1]);
      await world.answer(caseId, 'answerRisk-1', 'erin');
      assert.equal((await world.asked(caseId, 'investigate-2')).owner, 'special-investigations');
    });
  });

  describe('that finance send back', () => {
    it('is assessed again by operations, who may ask the claimant', async () => {
      const notice = midBand();
      const caseId = await world.report(notice);
      await world.answer(caseId, 'assess-1', 'erin');
      await world.answer(caseId, 'settle-1', 'finn', { verdict: 'returned', because: 'the estimate has two totals' });
      const { packet } = await world.asked(caseId, 'assess-2');
      assert.equal((packet as { because: string }).because, 'the estimate has two totals');
      await world.answer(caseId, 'assess-2', 'erin', { verdict: 'returned', because: 'the final invoice' });
      await world.waitsForInformation(caseId);
      await world.send(notice.claimId, { documents: ['invoice'] });
      await world.answer(caseId, 'assess-3', 'erin');
      await world.answer(caseId, 'settle-2', 'finn');
      assert.equal((await world.closed(caseId)).result.rework, 2);
    });

    it('goes to risk where risk had cleared it', async () => {
      await world.seed(records({ entries: [{ ...listed, name: 'IDA HOLM' }] }));
      const caseId = await world.report(goodNotice());
      assert.equal((await world.asked(caseId, 'investigate-1')).owner, 'sanctions-compliance');
      await world.answer(caseId, 'investigate-1', 'cora');
      await world.answer(caseId, 'assess-1', 'sven');
      await world.answer(caseId, 'settle-1', 'finn', { verdict: 'returned', because: 'is it really somebody else?' });
      const { owner, packet } = await world.asked(caseId, 'investigate-2');
      assert.equal(owner, 'sanctions-compliance');
      assert.equal((packet as { because: string }).because, 'is it really somebody else?');
    });
  });

  it('whose payee comes onto a list while finance have it is not paid: compliance is asked', async () => {
    const caseId = await world.report(midBand());
    await world.answer(caseId, 'assess-1', 'erin');
    await world.asked(caseId, 'settle-1');
    await world.seed(records({ entries: [{ ...listed, name: 'ida holm' }] }));
    await world.answer(caseId, 'settle-1', 'finn');
    assert.equal((await world.asked(caseId, 'investigate-1')).owner, 'sanctions-compliance');
    assert.deepEqual(await world.rules(caseId, 'release'), ['sanctions-hit']);
    assert.ok(!(await world.written(caseId)).includes('disbursements.pay'));
  });

  it('whose limit other claims have used while finance had it is assessed anew', async () => {
    const caseId = await world.report(midBand());
    await world.answer(caseId, 'assess-1', 'erin');
    await world.asked(caseId, 'settle-1');
    const used = { ...priorClaim, claimId: 'PC-3', paid: policy.limit - 1_000_000 };
    await world.seed(records({ claims: [used] }));
    await world.answer(caseId, 'settle-1', 'finn');
    const { owner, terms } = await world.asked(caseId, 'assess-2');
    assert.deepEqual([owner, (terms as { amount: number }).amount], ['senior-claims-examiners', 1_000_000]);
    assert.deepEqual(await world.rules(caseId, 'release'), ['covered-otherwise']);
  });

  it('for a loss after the policy ended is denied by an examiner, or assessed when the examiner sees it otherwise', async () => {
    await world.seed(records({ policy: { cancelledOn: ago(10) } }));
    const caseId = await world.report(goodNotice());
    const { owner, terms } = await world.asked(caseId, 'deny-1');
    assert.equal(owner, 'claims-examiners');
    assert.match((terms as { clause: string }).clause, /policy period/);
    await world.answer(caseId, 'deny-1', 'erin', { verdict: 'rejected', because: 'reinstated by phone' });
    assert.equal((await world.asked(caseId, 'assess-1')).owner, 'senior-claims-examiners');
    await world.answer(caseId, 'assess-1', 'sven', { verdict: 'rejected', because: 'no reinstatement on file' });
    await world.answer(caseId, 'deny-2', 'sven', {
      amend: { clause: 'Cancellation.', letter: 'We cannot pay. Cancellation. Write to us if you see it otherwise.' },
    });
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, result.clause], ['denied', 'Cancellation.']);
  });

  it('for a loss that is claimed already is closed as its duplicate', async () => {
    const same = {
      ...priorClaim,
      claimId: 'PC-2',
      cause: 'hail',
      dateOfLoss: ago(11),
      amount: 440_000,
      status: 'open',
    };
    await world.seed(records({ claims: [priorClaim, same] }));
    const caseId = await world.report(goodNotice());
    assert.equal((await world.asked(caseId, 'close-1')).owner, 'claims-examiners');
    await world.answer(caseId, 'close-1', 'erin');
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, result], ['closed-duplicate', { duplicateOf: 'PC-2', by: 'erin' }]);
    assert.ok((await world.written(caseId)).includes('claims.restoreReserve'));
  });

  describe('that lacks documents', () => {
    it('waits for them without asking anybody, and looks again', async () => {
      const notice = goodNotice({ documents: ['police_report'] });
      const caseId = await world.report(notice);
      assert.equal((await world.waitsForInformation(caseId)).owner, 'claims-intake');
      await world.send(notice.claimId, { documents: ['photo'] });
      await world.send(notice.claimId, { documents: ['repair_estimate'] });
      assert.equal((await world.closed(caseId)).outcome, 'settled');
      const rules = await world.rules(caseId, 'cover');
      const atPayment = 'straightforward';
      assert.deepEqual(rules, ['missing-documents', 'missing-documents', 'straightforward', atPayment]);
    });

    it('is withdrawn where the claimant says so, and its reserve is restored', async () => {
      const notice = goodNotice({ documents: [] });
      const caseId = await world.report(notice);
      await world.waitsForInformation(caseId);
      await world.send(notice.claimId, { withdrawnBecause: 'settled with the other driver' });
      const { outcome, result } = await world.closed(caseId);
      assert.deepEqual([outcome, result], ['withdrawn', { because: 'settled with the other driver' }]);
      assert.equal((await world.written(caseId)).at(-1), 'claims.restoreReserve');
    });
  });

  it('under a number that no policy has is assessed, and goes on once the claimant sends the right one', async () => {
    const notice = goodNotice({ policyNumber: 'CA-l' });
    const caseId = await world.report(notice);
    const { owner, terms } = await world.asked(caseId, 'assess-1');
    assert.deepEqual([owner, (terms as { amount: number }).amount], ['claims-examiners', 0]);
    await world.answer(caseId, 'assess-1', 'erin', { verdict: 'returned', because: 'your policy number' });
    await world.waitsForInformation(caseId);
    await world.send(notice.claimId, { policyNumber: policy.policyNumber });
    assert.equal((await world.closed(caseId)).outcome, 'settled');
  });

  it('in another currency has its reserve set by a person, in time to acknowledge', async () => {
    const caseId = await world.report(goodNotice({ currency: 'CAD', reportedOn: ago(15), narrative: 'Hail.' }));
    const { owner, escalatesAt } = await world.asked(caseId, 'reserve-1');
    assert.equal(owner, 'claims-examiners');
    assert.ok(escalatesAt <= new Date(`${ago(-1)}T00:00:00Z`), 'by the end of today');
    await world.answer(caseId, 'reserve-1', 'erin');
    assert.equal((await world.closed(caseId)).outcome, 'settled');
  });

  it('that is cancelled after it was taken in leaves no reserve behind', async () => {
    const caseId = await world.report(midBand());
    await world.asked(caseId, 'assess-1');
    await world.client.workflow.getHandle(caseId).cancel();
    assert.equal((await world.closed(caseId)).outcome, 'cancelled');
    assert.equal((await world.written(caseId)).at(-1), 'claims.restoreReserve');
  });

  describe('whatever way it went', () => {
    it('replays, so that it goes on after a restart', async () => {
      const options = { workflowBundle: await bundle(), dataConverter: dataConverter(codec) };
      assert.ok(world.reported.length > 15);
      for (const caseId of world.reported) {
        const history = historyToJSON(await world.client.workflow.getHandle(caseId).fetchHistory());
        await Worker.runReplayHistory(options, JSON.parse(history), caseId);
      }
    });
  });
});
