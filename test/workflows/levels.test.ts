import assert from 'node:assert/strict';
import { repeating, type Repeating } from '../../environment/repeating.ts';
import { type AutonomyLevel, supervisorOf } from '../../core/declare/autonomy.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { play } from '../../scripts/play.ts';
import { setAutonomy } from '../../store/autonomy.ts';
import { sampleRecords } from '../../systems/sandbox/sample-records.ts';
import * as declared from '../../workflows/definitions.ts';
import * as samples from '../../workflows/samples.ts';
import type { Sample } from '../../workflows/sample.ts';
import { until } from '../world.ts';
import { forgetSamples } from './forget-samples.ts';
import { processWorld } from './process-world.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };
/** Side by side, what is wrong in the world for one sample would be wrong for another. */
const all = Object.entries<readonly Sample[]>({ ...samples }).map(
  ([process, played]) => [process, played.filter(({ given }) => !given)] as const,
);

/** A write, and who approved it before it began. */
interface Write {
  key: string;
  process: string;
  approvers: { by: string; role: string; handoff: string; requester: string }[];
}

describe('every process, on its samples', function () {
  this.timeout(400_000);
  let world: Awaited<ReturnType<typeof processWorld>>;
  let approving: Repeating;
  before(async () => {
    await forgetSamples();
    world = await processWorld('refund');
    await world.seed(sampleRecords());
    // Supervisors approve whatever they are asked.
    approving = repeating(200, async () => {
      const { rows } = await world.pool.query<{ case_id: string; owner: string }>(
        `select case_id, owner from handoffs where name = 'supervision' and state = 'open'`,
      );
      for (const { case_id: caseId, owner } of rows) await world.tries(caseId, owner, 'approved');
    });
  });
  after(async () => {
    await approving?.close();
    await world?.close();
  });

  /** What every second sample wrote at this level, `from` the first or the second on. */
  async function written(level: AutonomyLevel, from: 0 | 1): Promise<Write[]> {
    const { pool, client, systems, model, api } = world;
    for (const process of Object.keys(definitions))
      await setAutonomy(pool, { process, level, by: 'amos', because: 'a test' });
    const [{ last }] = (await pool.query('select coalesce(max(seq), 0) as last from actions')).rows as [
      { last: number },
    ];
    const stage = {
      ...{ apiUrl: api.api.url, sandboxUrl: systems.url, modelUrl: model.url, pool, client },
      ...{ say: () => undefined, over: () => false },
    };
    const half = (played: readonly Sample[]) => played.filter((_, n) => n % 2 === from);
    await Promise.all(all.map(([process, played]) => play(stage, definitions[process]!, half(played), false)));
    const written = async () => {
      const { rows } = await pool.query<Write>(
        `select a.key, a.process, (
           select coalesce(json_agg(json_build_object('by', d.by, 'role', d.role, 'handoff', h.name, 'requester', c.requester)), '[]')
           from decisions d join handoffs h on h.id = d.handoff_id join cases c on c.case_id = a.case_id
           where d.handoff_id = any (string_to_array(a.approval, ' + ')) and d.verdict = 'approved' and d.at <= a.at) as approvers
         from actions a where seq > $1 order by seq`,
        [last],
      );
      return rows;
    };
    // A sample that was left while a slow machine was busy goes on by itself.
    const wrote = async () => [...new Set((await written()).map(({ process }) => process))].toSorted().join();
    const everyProcess = Object.keys(samples).toSorted().join();
    await until(async () => (await wrote()) === everyProcess, `every process writes at the level ${level}`, 90_000);
    return written();
  }

  it('writes nothing at the level assist without a person who approved it before', async () => {
    for (const { key, approvers } of await written('assist', 0)) {
      assert.ok(approvers.length > 0, key);
      for (const { by, requester } of approvers) assert.notEqual(by, requester, key);
    }
  });

  it('writes nothing at the level observe without a member of its supervising queue', async () => {
    for (const { key, process, approvers } of await written('observe', 1)) {
      const supervisor = supervisorOf(definitions[process]!);
      const supervised = approvers.some(({ role, handoff }) => role === supervisor || handoff === 'supervision');
      assert.ok(supervised, key);
    }
  });
});
