import { saveHistory } from '../save-history.ts';
import { ago, goodNotice, records } from './good-notice.ts';
import { claimsWorld, type ClaimsWorld } from './world.ts';

/** Records the paths of a claim for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of insurance claims', function () {
    this.timeout(120_000);
    let world: ClaimsWorld;
    before(async () => {
      world = await claimsWorld();
    });
    after(() => world?.close());

    interface Path {
      policy?: object;
      notice?: Record<string, unknown>;
      /** Who approves what, in turn. */
      approved?: [name: string, by: string][];
    }
    const paths: Record<string, Path> = {
      'straight-through': {},
      assessed: {
        notice: { amount: 2_450_037 },
        approved: [
          ['assess-1', 'erin'],
          ['settle-1', 'finn'],
        ],
      },
      denied: { policy: { cancelledOn: ago(10) }, approved: [['deny-1', 'erin']] },
    };

    for (const [name, { policy = {}, notice = {}, approved = [] }] of Object.entries(paths)) {
      it(name, async () => {
        await world.seed(records({ policy }));
        const caseId = await world.report(goodNotice(notice));
        for (const [handoff, by] of approved) await world.answer(caseId, handoff, by);
        await world.closed(caseId);
        await saveHistory(world.client, `insurance-claim-${name}`, caseId);
      });
    }
  });
}
