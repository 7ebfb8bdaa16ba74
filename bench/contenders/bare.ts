import { Worker } from '@temporalio/worker';
import { createModel } from '../../models/client.ts';
import { createSystems } from '../../systems/client.ts';
import { conditionsWith } from '../../systems/conditions.ts';
import { createCalls } from './calls.ts';
import type { Contender, Style, Surroundings } from './contender.ts';
import { createEngine } from './engine.ts';

/** A workflow that knows its calls and nothing of governance. */
async function ungoverned(
  around: Surroundings,
  style: Style,
  activities: object,
  types: { straight: string; waiting: string },
): Promise<Contender> {
  const engine = await createEngine(around, style, async ({ more, ...parts }) => [
    await Worker.create({ ...parts, ...more, activities }),
  ]);
  const { client, idOf, when, start } = engine;
  const typeOf = (approval: boolean) => (approval ? types.waiting : types.straight);

  return {
    async run(request, approval) {
      const id = idOf(typeOf(approval), request);
      const ended = when('ended', id);
      const waits = when('waits', id);
      await start(typeOf(approval), request);
      if (approval) {
        await waits;
        await client.workflow.getHandle(id).signal('decided', { handoffId: id, verdict: 'approved', by: '' });
      }
      await ended;
    },
    async wait(request) {
      const waits = when('waits', idOf(types.waiting, request));
      await start(types.waiting, request);
      await waits;
    },
    history: (request, approval) => engine.history(typeOf(approval), request),
    collect: engine.collect,
    close: engine.close,
  };
}

/** The engine's floor: a workflow that does nothing, or waits for one signal. */
export const empty = (style: Style) => (around: Surroundings) =>
  ungoverned(around, style, {}, { straight: 'empty', waiting: 'emptyWaiting' });

/** The same calls as a refund's, as ordinary activities. */
export const bare = (style: Style) => (around: Surroundings) => {
  const systems = createSystems({
    baseUrl: around.systemsUrl,
    conditions: conditionsWith({ defaults: { atOnce: 1_000 } }),
  });
  const model = createModel({ baseUrl: around.modelUrl, apiKey: 'bench' });
  return ungoverned(around, style, createCalls(systems, model), { straight: 'bare', waiting: 'bareWaiting' });
};
