import { goodReport, goodWish, records } from '../order-exception-request.ts';
import { processWorld } from '../process-world.ts';
import { saveHistory } from '../save-history.ts';

type World = Awaited<ReturnType<typeof processWorld>>;

/** Records the paths of an order exception for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of order exceptions', () => {
    let world: World;
    before(async () => {
      world = await processWorld('order-exception');
    });
    after(() => world?.close());

    const approved = (owner: string) => (caseId: string) => world.answers(caseId, owner);
    const dear = { itemIds: ['rug-small'], newItemIds: ['rug-large'] };

    const paths: Record<string, [request: { requestId: string }, ...then: ((caseId: string) => Promise<unknown>)[]]> = {
      'straight-through': [goodReport({ itemIds: ['lamp-red'] })],
      reviewed: [goodWish(dear), approved('support-leads')],
      transferred: [goodReport({ kind: 'lost', orderId: 'O-1' }), approved('support-leads')],
    };

    for (const [name, [request, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        await world.seed(records);
        const workflowId = await world.starts(request, request.requestId);
        for (const step of then) await step(workflowId);
        await world.closed(workflowId);
        await saveHistory(world.client, `order-exception-${name}`, workflowId);
      });
    }
  });
}
