import { type ReversalWorld, reversalWorld } from '../../durability/reversal-world.ts';
import { goodRequest, records } from '../refund-request.ts';
import { saveHistory } from '../save-history.ts';

/** Records the paths of a reversal for test/workflows/replay.test.ts, which replays them; only while no reversal is open. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of reversals', () => {
    let world: ReversalWorld;
    before(async () => void (world = await reversalWorld()));
    after(() => world?.close());

    for (const [name, verdict] of [
      ['reversed', 'approved'],
      ['refused', 'rejected'],
    ] as const) {
      it(name, async () => {
        await world.seed(records);
        const request = goodRequest();
        const caseId = await world.starts(request, request.requestId);
        await world.closed(caseId);
        const reversal = await world.opens(caseId);
        await world.answers(reversal, 'customer-support', verdict);
        await saveHistory(world.client, `reversal-${name}`, reversal);
      });
    }
  });
}
