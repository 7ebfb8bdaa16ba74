import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import {
  listSwitchChanges,
  listSwitches,
  type Scope,
  setSwitch,
  type Switch as Stored,
  type SwitchChange,
} from '../../store/switches.ts';
import { systemsWrittenBy } from '../../systems/written-by.ts';
import type { Deps } from '../deps.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { mayStop } from './may-stop.ts';
import type { Sentence } from '../sentences.ts';

const scopes = ['all', 'process', 'system', 'model'] as const satisfies Scope[];
const Switch = z.object({
  scope: z.enum(scopes),
  name: z.string(),
  stopped: z.boolean(),
  by: z.string(),
  because: z.string(),
  at: z.iso.datetime(),
});
const Now = Switch.extend({
  by: z.string().nullable(),
  because: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
const Change = Switch.extend({ was: z.boolean().describe('Whether it was stopped before') });

export const list = route({
  method: 'get',
  path: '/switches',
  summary: 'What is stopped, and who stopped and lifted what, when and why',
  who: ['auditor', 'admin', 'queue'],
  query: z.strictObject({ before: placeIn('switch-changes').optional(), limit: Limit.describe('Of the changes') }),
  answers: {
    200: {
      description: 'Every switch that was ever used as it is now, and its changes, newest first',
      schema: z.object({
        switches: z.array(Switch),
        changes: z.array(Change),
        next: z.string().optional().describe('Pass as `before`'),
      }),
    },
  },
  problems: [],
  async answer({ query: { limit, before } }, { pool }) {
    const [switches, changes] = await Promise.all([listSwitches(pool), listSwitchChanges(pool, limit, before)]);
    const next = nextOf('switch-changes', changes, limit);
    return { status: 200, body: { switches: switches.map(shown), changes: changes.map(shownChange), ...next } };
  },
});

export const put = route({
  method: 'put',
  path: '/switches/{scope}/{name}',
  summary: 'Stop new writes (of a process, to a system, or `all/all`) or calls of a model, or let them go on',
  who: ['admin', 'queue'],
  body: z.strictObject({ stopped: z.boolean(), because: text(2_000).min(1) }),
  answers: {
    200: { description: 'The switch as it is now; who changed it last, null where it was never used', schema: Now },
  },
  problems: ['not-found', 'request-invalid'],
  async answer({ caller, params, body }, deps) {
    const { scope, name } = switchOf(deps, params);
    await mayStop(deps, caller, scope === 'process' ? deps.definitions[name] : undefined);
    const now = await setSwitch(deps.pool, { scope, name, ...body, by: caller.person });
    const unused = { scope, name, stopped: false, by: null, because: null, at: null } satisfies z.output<typeof Now>;
    return { status: 200, body: now ? shown(now) : unused };
  },
});

/** Throws `not-found` with the part of the path that names nothing. A model has any name: workers alone know theirs. */
function switchOf({ definitions }: Deps, params: Readonly<Record<string, string>>): { scope: Scope; name: string } {
  const { scope: given, name = '' } = params;
  const scope = scopes.find((one) => one === given);
  const unknown = (field: string, message: Sentence) => new Problem('not-found', '', { errors: [{ field, message }] });
  if (!scope) throw unknown('scope', `must be one of ${scopes.join(', ')}`);
  if (scope === 'all' && name !== 'all') throw unknown('name', 'must be all');
  if (scope === 'process' && !Object.hasOwn(definitions, name)) throw unknown('name', 'is no process');
  if (scope === 'system' && !systemsOf(definitions).has(name)) throw unknown('name', 'is no system that is written to');
  if (!text(200).min(1).safeParse(name).success) throw unknown('name', 'is no name of a model');
  return { scope, name };
}

const systemsOf = (definitions: Deps['definitions']): Set<string> =>
  new Set(Object.values(definitions).flatMap((definition) => [...systemsWrittenBy(definition)]));

const shown = ({ scope, name, stopped, by, because, at }: Stored): z.output<typeof Switch> => ({
  ...{ scope, name, stopped, by, because, at: at.toISOString() },
});
const shownChange = (change: SwitchChange): z.output<typeof Change> => ({ ...shown(change), was: change.was });
