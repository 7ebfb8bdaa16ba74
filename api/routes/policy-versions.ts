import { z } from 'zod';
import { casesByRule } from '../../store/scorecard/passage.ts';
import { findTable, listTables } from '../../store/tables.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { seenProcess } from '../seen-process.ts';

const days = 30;

const Version = z.object({
  version: z.int(),
  digest: z.string().describe('SHA-256 of the canonical JSON of the table, as rulings name it'),
  publishedAt: z.iso.datetime(),
});

const Row = z.object({
  rule: z.string(),
  because: z.string().optional(),
  when: z.record(z.string(), z.string()).optional().describe('Conditions, all of which must hold, by their facts'),
  verdict: z.string(),
  outputs: z.record(z.string(), z.unknown()).optional().describe('What it says beside the verdict'),
});

const Table = Version.extend({
  hit: z.enum(['first', 'collect']).describe('The first row that holds decides; or all that hold count'),
  rows: z.array(Row),
});

const where = '/processes/{process}/policies/{policy}';
const who = ['auditor', 'admin', 'queue'] as const;

export const list = route({
  method: 'get',
  path: `${where}/versions`,
  summary: 'The published versions of a decision table, newest first: the first rules',
  who: [...who],
  answers: {
    200: {
      description: 'The versions; of its rows, how many cases each decided',
      schema: z.object({
        versions: z.array(Version),
        decided: z
          .array(z.object({ rule: z.string(), cases: z.int() }))
          .describe(`In the last ${days} days, by whichever version`),
      }),
    },
  },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const { process, policy, collects } = policyOf(deps, caller, params);
    const [versions, decided] = await Promise.all([
      listTables(deps.pool, process, policy),
      casesByRule(deps.pool, process, policy, { days, collects }),
    ]);
    return { status: 200, body: { versions: versions.map(published), decided } };
  },
});

export const get = route({
  method: 'get',
  path: `${where}/versions/{version}`,
  summary: 'A published version of a decision table',
  who: [...who],
  answers: { 200: { description: 'Its rows, in their order', schema: Table } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const { process, policy } = policyOf(deps, caller, params);
    const version = Number(params['version']);
    const found = /^\d{1,9}$/.test(params['version']!) && (await findTable(deps.pool, process, policy, version));
    if (!found) throw new Problem('not-found', 'No such version was published');
    const { hit, rows } = found.content as Pick<z.output<typeof Table>, 'hit' | 'rows'>;
    return { status: 200, body: { ...published(found), hit, rows: rows.map((row) => Row.parse(row)) } };
  },
});

function policyOf({ definitions }: Deps, caller: Caller, params: Readonly<Record<string, string>>) {
  const { name: process, policies } = seenProcess({ definitions }, caller, params['process']!);
  const policy = params['policy']!;
  if (!Object.hasOwn(policies, policy)) throw new Problem('not-found', 'It declares no such policy');
  return { process, policy, collects: (policies[policy]!.table as { hit: string }).hit === 'collect' };
}

const published = ({ version, digest, publishedAt }: { version: number; digest: string; publishedAt: Date }) => ({
  ...{ version, digest, publishedAt: publishedAt.toISOString() },
});
