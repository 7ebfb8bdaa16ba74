import { usualTiming } from '../../activities/dependencies.ts';
import { createModel } from '../../models/client.ts';
import { decide, type StoredHandoff, withHandoff } from '../../store/handoffs.ts';
import { listHandoffs } from '../../store/list-handoffs.ts';
import { createPool } from '../../store/pool.ts';
import { addSignal, signalDelivered } from '../../store/signals.ts';
import { createSystems } from '../../systems/client.ts';
import { createWorkers } from '../../workers/worker.ts';
import * as definitions from '../../workflows/definitions.ts';
import { approving, until } from './approving.ts';
import type { Contender, Surroundings } from './contender.ts';
import { createEngine } from './engine.ts';

/** Baton itself, all of it but the HTTP in front: workers as in production, the store, the record. */
export async function refund(around: Surroundings): Promise<Contender> {
  const pool = createPool(around.databaseUrl, { plans: 'generic' });
  const systems = createSystems({ baseUrl: around.systemsUrl });
  const model = createModel({ baseUrl: around.modelUrl, apiKey: 'bench' });
  const dependencies = { pool, definitions, systems, model, timing: usualTiming };
  const cached = around.cachedCases ? { maxCachedWorkflows: around.cachedCases } : {};
  const engine = await createEngine(around, 'lean', (parts) => createWorkers({ ...parts, dependencies, ...cached }));
  const { client, idOf, when, start } = engine;

  /** As the API does it: store the decision, then notify the case. */
  const approve = async ({ id }: StoredHandoff) => {
    const signal = await withHandoff(pool, id, async (db, handoff) => {
      await decide(db, handoff!, { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' });
      const body = { handoffId: id, verdict: 'approved', by: 'leo' };
      return addSignal(db, handoff!.caseId, { signal: 'decided', body });
    });
    await client.workflow.getHandle(signal.caseId).signal('decided', signal.body);
    await signalDelivered(pool, signal.id);
  };
  const inbox = () => listHandoffs(pool, { owner: 'support-leads', state: 'open', limit: 200 });
  const person = approving(inbox, approve);

  return {
    run: async (request, approval) => {
      const ended = when('ended', idOf('refund', request));
      await start('refund', request);
      await (approval ? person.whileWaiting(ended) : ended);
    },
    wait: async (request) => {
      const caseId = idOf('refund', request);
      await start('refund', request);
      await until(async () => (await listHandoffs(pool, { caseId, limit: 1 })).length > 0);
    },
    history: (request) => engine.history('refund', request),
    collect: engine.collect,
    async close() {
      await engine.close();
      await pool.end();
    },
  };
}
