import assert from 'node:assert/strict';
import { inMs, type WaitsWorld, waitsWorld } from './waits-world.ts';

describe('what would go on without end', function () {
  this.timeout(120_000);
  let world: WaitsWorld;
  before(async () => void (world = await waitsWorld()));
  after(() => world?.close());

  it('ends after as many rounds as are declared: its writes are compensated, and the process’s owner has the work', async () => {
    const caseId = await world.begins('writes round after round', '');
    const { outcome, result } = await world.closed(caseId);
    assert.equal(outcome, 'failed');
    assert.match((result as { because: string }).because, /at write for 3 rounds/);
    assert.deepEqual(
      await world.states(caseId),
      [1, 2, 3].map((n) => `credit-${n} compensated`),
    );
    const work = `select owner, name as kind, packet->>'because' as because from handoffs where kind = 'task' and case_id = $1`;
    const { rows } = await world.pool.query(work, [caseId]);
    const { because } = result as { because: string };
    assert.deepEqual(rows, [{ owner: 'customer-support', kind: 'too-long', because }]);
    assert.equal((await world.types(caseId)).at(-1), 'case.closed');
  });

  it('ends as its workflow says, where it says so', async () => {
    const caseId = await world.begins('writes round after round, and says what then', '');
    assert.equal(await world.text(caseId), 'before round 4');
  });

  it('reminds as often as is declared, and then only waits', async () => {
    const caseId = await world.begins('reminds without end', inMs(2_000));
    assert.equal(await world.text(caseId), 'nothing came');
    assert.deepEqual(await world.written(caseId), ['tickets.reply', 'tickets.reply']);
  });

  it('is sent back for rework where two people amend each other’s terms', async () => {
    const caseId = await world.begins('asks two, who amend', '');
    const amend = async (name: string, as: string, amount: number) => {
      const { id } = await world.asked(caseId, name);
      assert.equal(await world.answer(id, as, { amend: { amount } }), '200');
    };
    await amend('left-1', 'leo', 1_900);
    await amend('right-2', 'otto', 1_800);
    assert.equal(await world.text(caseId), 'returned: amended-too-often');
  });

  it('replays', () => world.allReplay());
});
