import { z } from 'zod';
import { autonomyLevels, supervisorOf } from '../../core/declare/autonomy.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { text } from '../../core/declare/values.ts';
import { levelOf, listAutonomyChanges, setAutonomy } from '../../store/autonomy.ts';
import type { Cursor } from '../../store/cursor.ts';
import type { Db } from '../../store/pool.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { route } from '../route.ts';
import { definitionOf } from '../visibility.ts';
import { mayStop } from './may-stop.ts';

const Level = z.enum(autonomyLevels);
const Autonomy = z.object({
  level: Level.describe('`straight-through` where it was never set'),
  supervisedBy: z.string().describe('The queue that approves what the level does not leave to a rule or to others'),
  changes: z
    .array(z.object({ was: Level, level: Level, by: z.string(), because: z.string(), at: z.iso.datetime() }))
    .describe('The newest first'),
  next: z.string().optional().describe('Pass as `before`'),
});
const common = {
  path: '/processes/{process}/autonomy',
  answers: { 200: { description: 'The level, and how it came to be', schema: Autonomy } },
} as const;

export const get = route({
  ...common,
  method: 'get',
  summary: 'How far a process goes by itself',
  who: ['auditor', 'admin', 'queue'],
  query: z.strictObject({ before: placeIn('autonomy-changes').optional(), limit: Limit.describe('Of the changes') }),
  problems: ['not-found'],
  async answer({ params, query }, { pool, definitions }) {
    return { status: 200, body: await shown(pool, definitionOf(definitions, params['process']!), query) };
  },
});

export const put = route({
  ...common,
  method: 'put',
  summary: 'Raise or lower how far a process goes by itself; it holds for every write that begins from then on',
  who: ['admin', 'queue'],
  body: z.strictObject({ level: Level, because: text(2_000).min(1) }),
  problems: ['not-found', 'request-invalid'],
  async answer({ caller, params, body }, deps) {
    const definition = definitionOf(deps.definitions, params['process']!);
    await mayStop(deps, caller, definition);
    await setAutonomy(deps.pool, { process: definition.name, ...body, by: caller.person });
    return { status: 200, body: await shown(deps.pool, definition, { limit: 50 }) };
  },
});

async function shown(
  db: Db,
  definition: ProcessDefinition,
  { limit, before }: { limit: number; before?: Cursor | undefined },
): Promise<z.output<typeof Autonomy>> {
  const { name } = definition;
  const [level, changes] = await Promise.all([levelOf(db, name), listAutonomyChanges(db, name, limit, before)]);
  return {
    level,
    supervisedBy: supervisorOf(definition),
    changes: changes.map(({ at, cursor: _place, ...change }) => ({ ...change, at: at.toISOString() })),
    ...nextOf('autonomy-changes', changes, limit),
  };
}
