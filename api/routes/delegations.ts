import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { isSameName } from '../../rules/canonical.ts';
import {
  addDelegation,
  type Delegation,
  endDelegation,
  findDelegation,
  listDelegations,
} from '../../store/delegations.ts';
import { rolesOf, standingOf } from '../../store/members.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Limit } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { hasAny } from '../visibility.ts';
import type { Sentence } from '../sentences.ts';

const Instant = z.iso.datetime({ offset: true });

const Shown = z.object({
  id: z.string(),
  delegator: z.string(),
  delegate: z.string(),
  queues: z.array(z.string()).nullable().describe('Null: all queues that the delegator is in'),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  because: z.string(),
  at: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable().describe('When somebody ended it, before its time'),
  endedBy: z.string().nullable(),
});

const New = z.strictObject({
  from: Instant,
  to: Instant,
  whom: text(200).min(1).describe('Who stands in for you: somebody who answers for something in the same process'),
  queues: z
    .array(text(100).min(1))
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Of your queues, those that are meant; all, where it is left out. What is given to you by name goes with it',
    ),
  because: text(2_000).default(''),
});

export const delegate = route({
  method: 'post',
  path: '/delegations',
  summary: 'While you are away, somebody decides for you; what you hold for others stays with you',
  who: 'anyone',
  body: New,
  answers: { 201: { description: 'The delegation', schema: Shown } },
  problems: ['request-invalid', 'delegate-unfit'],
  async answer({ caller, body }, { pool, definitions }) {
    const { queues = null, because } = body;
    const { person: whom } = await standingOf(pool, body.whom);
    if (caller.roles.includes('system')) throw new Problem('role-missing', 'A system delegates nothing');
    const [from, to] = [new Date(body.from), new Date(body.to)];
    if (to <= from || to.getTime() <= Date.now()) throw invalid('/to', 'must be later than `from`, and than now');
    const own = await rolesOf(pool, caller.person);
    const foreign = (queues ?? []).findIndex((queue) => !own.includes(queue));
    if (foreign >= 0) throw invalid(`/queues/${foreign}`, 'is no queue that you are in');
    const message = await whyUnfit(pool, definitions, caller, whom, queues, own);
    if (message !== undefined) throw new Problem('delegate-unfit', '', { errors: [{ field: '/whom', message }] });
    const made = await addDelegation(pool, {
      ...{ delegator: caller.person, delegate: whom, queues, from, to, because },
    });
    return { status: 201, body: shown(made) };
  },
});

export const list = route({
  method: 'get',
  path: '/delegations',
  summary: 'Your delegations, and those by which you stand in for others, the newest first; an auditor sees all',
  who: 'anyone',
  query: z.strictObject({ limit: Limit }),
  answers: { 200: { description: 'Delegations', schema: z.object({ delegations: z.array(Shown) }) } },
  problems: [],
  async answer({ caller, query }, { pool }) {
    const of = hasAny(caller, ['admin', 'auditor']) ? undefined : caller.person;
    const found = await listDelegations(pool, of, query.limit);
    return { status: 200, body: { delegations: found.map(shown) } };
  },
});

export const end = route({
  method: 'post',
  path: '/delegations/{delegationId}/end',
  summary: 'End it before its time: by whom it is, or whom it was given to, or an administrator',
  who: 'anyone',
  answers: { 200: { description: 'The delegation', schema: Shown } },
  problems: ['not-found'],
  async answer({ caller, params }, { pool }) {
    const found = await findDelegation(pool, params['delegationId']!);
    const theirs = found && [found.delegator, found.delegate].includes(caller.person);
    if (!found || !(theirs || caller.roles.includes('admin'))) throw new Problem('not-found');
    return { status: 200, body: shown((await endDelegation(pool, found.id, caller.person))!) };
  },
});

const invalid = (field: string, message: Sentence) =>
  new Problem('request-invalid', '', { errors: [{ field, message }] });

/** Why this person cannot stand in for the caller: for that they answer for something in a process of each queue that is meant. */
async function whyUnfit(
  pool: Deps['pool'],
  definitions: Deps['definitions'],
  { person }: Caller,
  whom: string,
  named: readonly string[] | null,
  own: readonly string[],
): Promise<Sentence | undefined> {
  if (isSameName(whom, person)) return 'is you';
  const theirs = await rolesOf(pool, whom);
  if (theirs.includes('system')) return 'is a system';
  const processes = Object.values(definitions).map((one) => queuesOf(one));
  const answers = processes.filter((queues) => theirs.some((queue) => queues.has(queue)));
  if (answers.length === 0) return 'is an active member of no queue';
  const shares = (queue: string) => answers.some((queues) => queues.has(queue));
  const queues = own.filter((queue) => processes.some((some) => some.has(queue)));
  const fits = named ? named.every(shares) : queues.length === 0 || queues.some(shares);
  return fits ? undefined : 'answers for nothing in the process of this queue';
}

const shown = ({ from, to, at, endedAt, ...one }: Delegation): z.output<typeof Shown> => ({
  ...one,
  from: from.toISOString(),
  to: to.toISOString(),
  at: at.toISOString(),
  endedAt: endedAt && endedAt.toISOString(),
});
