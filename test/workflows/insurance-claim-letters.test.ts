import assert from 'node:assert/strict';
import { ago, goodNotice, priorClaim, records } from './insurance-claim/good-notice.ts';
import { claimsWorld, type ClaimsWorld } from './insurance-claim/world.ts';

const bye = 'Write to us if you see it otherwise.';
const same = { ...priorClaim, claimId: 'PC-2', cause: 'hail', dateOfLoss: ago(11), amount: 440_000, status: 'open' };

describe('what an examiner writes anew', function () {
  this.timeout(120_000);
  let world: ClaimsWorld;
  before(async () => {
    world = await claimsWorld();
  });
  after(() => world?.close());

  interface Draft {
    claimId: string;
    clause: string;
  }
  const lapsed = async () => {
    await world.seed(records({ policy: { cancelledOn: ago(10) } }));
    const caseId = await world.report(goodNotice());
    const { owner, terms } = await world.asked(caseId, 'deny-1');
    assert.equal(owner, 'claims-examiners');
    return { caseId, draft: terms as Draft };
  };
  const duplicate = async () => {
    await world.seed(records({ claims: [same] }));
    const caseId = await world.report(goodNotice());
    const { owner, terms } = await world.asked(caseId, 'close-1');
    assert.equal(owner, 'claims-examiners');
    return { caseId, claimId: (terms as Draft).claimId };
  };
  const sent = async (caseId: string) =>
    (await world.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).at(-1)!.body['letter'];

  describe('in a denial', () => {
    it('stands where it names the claim and cites the clause of the grounds', async () => {
      const { caseId, draft } = await lapsed();
      const letter = `As for claim ${draft.claimId}: ${draft.clause} ${bye}`;
      await world.answer(caseId, 'deny-1', 'erin', { amend: { letter } });
      const { outcome, result } = await world.closed(caseId);
      assert.deepEqual([outcome, result], ['denied', { clause: draft.clause, by: 'erin', rework: 0 }]);
      assert.equal(await sent(caseId), letter);
      assert.deepEqual(await world.rules(caseId, 'denial'), ['as-the-grounds-say', 'as-the-grounds-say']);
    });

    const unusual: [what: string, rule: string, amend: (draft: Draft) => { clause?: string; letter: string }][] = [
      [
        'cites another clause',
        'another-clause',
        ({ claimId }) => ({ clause: 'Wear and tear.', letter: `Claim ${claimId}. Wear and tear. ${bye}` }),
      ],
      [
        'cites the clause of the grounds and adds to it',
        'another-clause',
        ({ claimId, clause }) => ({ clause: `${clause} And rust.`, letter: `Claim ${claimId}. ${clause} And rust.` }),
      ],
      ['does not name the claim', 'claim-not-named', ({ clause }) => ({ letter: `We cannot pay. ${clause} ${bye}` })],
      [
        'names another claim that begins alike',
        'claim-not-named',
        ({ claimId, clause }) => ({ letter: `Claim ${claimId}7: ${clause} ${bye}` }),
      ],
    ];
    for (const [what, rule, amend] of unusual) {
      it(`is sent only once a senior examiner confirms it, where it ${what}`, async () => {
        const { caseId, draft } = await lapsed();
        const written = amend(draft);
        await world.answer(caseId, 'deny-1', 'erin', { amend: written });
        const { owner, terms } = await world.asked(caseId, 'deny-2');
        assert.equal(owner, 'senior-claims-examiners');
        assert.deepEqual(terms, { ...draft, ...written });
        assert.deepEqual(await world.rules(caseId, 'denial'), ['as-the-grounds-say', rule]);
        assert.deepEqual(await world.written(caseId), ['claims.setReserve', 'letters.send'], 'an acknowledgement');
        await world.answer(caseId, 'deny-2', 'sven');
        assert.equal((await world.closed(caseId)).result.by, 'sven');
        assert.equal(await sent(caseId), written.letter);
      });
    }

    it('is not sent where the senior examiner says no: the claim is assessed', async () => {
      const { caseId, draft } = await lapsed();
      const amend = { clause: 'Rust.', letter: `Claim ${draft.claimId}. Rust.` };
      await world.answer(caseId, 'deny-1', 'erin', { amend });
      await world.answer(caseId, 'deny-2', 'sven', { verdict: 'rejected', because: 'there is no such clause' });
      assert.equal((await world.asked(caseId, 'assess-1')).owner, 'senior-claims-examiners');
      assert.deepEqual(await world.written(caseId), ['claims.setReserve', 'letters.send']);
    });
  });

  describe('when closing a duplicate', () => {
    it('stands where it names both claims', async () => {
      const { caseId, claimId } = await duplicate();
      const letter = `${claimId} goes on as ${same.claimId}.`;
      await world.answer(caseId, 'close-1', 'erin', { amend: { letter } });
      assert.deepEqual((await world.closed(caseId)).result, { duplicateOf: same.claimId, by: 'erin' });
      assert.equal(await sent(caseId), letter);
    });

    const unusual: [what: string, rule: string, letter: (claimId: string) => string][] = [
      ['names neither claim', 'claim-not-named', () => 'We have this loss already.'],
      ['names only the other claim', 'claim-not-named', () => `We go on with ${same.claimId}.`],
      ['names only this claim', 'other-claim-not-named', (claimId) => `${claimId} is closed.`],
      ['names one that ends alike', 'other-claim-not-named', (claimId) => `${claimId} goes on as X${same.claimId}.`],
    ];
    for (const [what, rule, write] of unusual) {
      it(`is sent only once a senior examiner confirms it, where it ${what}`, async () => {
        const { caseId, claimId } = await duplicate();
        const letter = write(claimId);
        await world.answer(caseId, 'close-1', 'erin', { amend: { letter } });
        assert.equal((await world.asked(caseId, 'close-2')).owner, 'senior-claims-examiners');
        assert.deepEqual(await world.rules(caseId, 'closure'), ['both-claims-named', rule]);
        await world.answer(caseId, 'close-2', 'sven');
        assert.equal((await world.closed(caseId)).result.by, 'sven');
        assert.equal(await sent(caseId), letter);
      });
    }

    it('cannot move the loss to another claim', async () => {
      const { caseId } = await duplicate();
      const amend = { duplicateOf: 'PC-9' };
      assert.equal(await world.answer(caseId, 'close-1', 'erin', { amend }), '422 amendment-not-allowed');
    });
  });
});
