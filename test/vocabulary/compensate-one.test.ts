import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('one write that is taken back', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const states = async (caseId: string) => {
    const { rows } = await world.pool.query('select key, state from actions where case_id = $1 order by seq', [caseId]);
    return rows.map(({ key, state }) => `${key.slice(caseId.length + 1)} ${state}`);
  };

  it('is the newest of its name, and the case goes on writing', async () => {
    const caseId = await world.begin('takes one write back');
    assert.equal(await world.text(caseId), 'written again');
    assert.deepEqual(await states(caseId), ['credit-1 done', 'credit-2 compensated', 'tell-1 done', 'credit-3 done']);
    const keys = (await world.journal()).filter(({ operation }) => operation === 'ledger.reverseCreditNote');
    assert.deepEqual(
      keys.map(({ key }) => key).filter((key) => key.startsWith(caseId)),
      [`${caseId}/credit-2/undo`],
    );
    const [line] = await world.bodies(caseId, 'action.compensating');
    assert.deepEqual(line, { key: `${caseId}/credit-2`, because: 'the second was one too many' });
  });

  it('is the one on its line; where none stands, nothing happens', async () => {
    const caseId = await world.begin('takes one line back');
    assert.equal(await world.text(caseId), 'compensated, then nothing');
    assert.deepEqual(await states(caseId), ['creditLine:a-1 compensated', 'creditLine:b-1 done']);
    const lines = await world.bodies(caseId, 'action.compensating');
    assert.deepEqual(
      lines.map(({ key }) => key),
      [`${caseId}/creditLine:a-1`, null],
    );
  });

  it('is not taken back a second time when all is', async () => {
    const caseId = await world.begin('takes back and is taken back');
    assert.equal(await world.text(caseId), 'nothing is left');
    assert.deepEqual(await states(caseId), ['credit-1 compensated', 'credit-2 compensated']);
    const written = await world.written(caseId);
    assert.equal(written.filter((operation) => operation === 'ledger.reverseCreditNote').length, 2);
  });

  it('is waited for while it is under way', async () => {
    const caseId = await world.begin('takes back what is under way');
    assert.equal(await world.text(caseId), 'nothing is left');
    assert.deepEqual(await world.written(caseId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('becomes somebody’s work where it cannot be undone, and the case goes on', async () => {
    await world.fault({ operation: 'ledger.reverseCreditNote', mode: 'refuse', times: 1 });
    const caseId = await world.begin('takes one write back');
    assert.equal(await world.text(caseId), 'written again');
    assert.equal((await states(caseId))[1], 'credit-2 stuck');
    const { rows } = await world.pool.query(
      `select name as kind, owner from handoffs where case_id = $1 and kind = 'task'`,
      [caseId],
    );
    assert.deepEqual(rows, [{ kind: 'undo-failed', owner: 'finance' }]);
  });

  it('is answered to be stuck where it cannot be undone', async () => {
    await world.fault({ operation: 'ledger.reverseCreditNote', mode: 'refuse', times: 1 });
    assert.equal(await world.text(await world.begin('takes one line back')), 'stuck, then nothing');
  });

  it('is the same one at a second try, when the first was undone and its answer lost', async () => {
    await world.fault({ operation: 'ledger.reverseCreditNote', mode: 'lose-reply', times: 1 });
    const caseId = await world.begin('takes one write back');
    assert.equal(await world.text(caseId), 'written again');
    assert.deepEqual((await states(caseId)).slice(0, 2), ['credit-1 done', 'credit-2 compensated']);
  });
});
