import { z } from 'zod';
import { findDefinition } from '../../core/declare/find.ts';
import { nameIn } from '../../scorecard/lines.ts';
import { type BriefLine, briefLines } from '../../store/briefs.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { queuesLedBy } from '../../store/members.ts';
import type { Caller } from '../authentication.ts';
import { admit, authoritiesOf, mustBeFree } from '../authority.ts';
import { BriefRuling, briefRuling } from '../brief-ruling.ts';
import { Happened, historyOf } from '../brief-history.ts';
import type { Deps } from '../deps.ts';
import { mayApprove } from '../may-approve.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { whoMayApprove } from '../who-may-approve.ts';
import { queuesOfCaller, seesAllHandoffs, seesCasesOf } from '../visibility.ts';
import { asksOf } from './asking.ts';
import { answering } from './queue-of.ts';
import { Handoff, showHandoff } from './views.ts';
import { findVisibleHandoff } from './visible-handoff.ts';

const Refusal = z
  .object({ code: z.string(), detail: z.string() })
  .nullable()
  .describe('Null: they may; else how the API would refuse it');

const Brief = z.object({
  handoff: Handoff,
  requester: z.string(),
  may: z.object({
    answer: Refusal,
    approve: Refusal.describe('The terms as they are'),
    others: z
      .array(z.string())
      .nullable()
      .describe('Where the amount is above your limit: some of its queue who may approve it; null else'),
    standsInFor: z.string().nullable().describe('In whose name you would answer, where it is not your own'),
    assign: z.boolean(),
    comment: z.boolean(),
  }),
  asks: z.object({ to: z.array(z.string()), within: z.string() }),
  ruling: BriefRuling.nullable().describe('What sent it to its owner; null where no policy did'),
  inferences: z
    .array(
      z.object({
        name: z.string(),
        confident: z.boolean(),
        confidence: z.number(),
        threshold: z.number().nullable(),
        fellBack: z.boolean().describe('No model gave a usable answer'),
      }),
    )
    .describe('What a model was asked before, each by its last answer'),
  written: z.array(z.string()).describe('Actions of its case that stand already'),
  history: z.array(Happened).describe('Oldest first'),
});

export const brief = route({
  method: 'get',
  path: '/handoffs/{handoffId}/brief',
  summary:
    'A handoff with all that one decides it by: why it came, how sure the model was, what happened, what you may do',
  who: ['auditor', 'admin', 'queue', 'person', 'lead', 'system'],
  answers: { 200: { description: 'The handoff and what is around it', schema: Brief } },
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const { handoff, involved } = await findVisibleHandoff(deps, caller, params['handoffId']!);
    if (!involved && !seesAllHandoffs(caller)) throw new Problem('not-your-queue');
    const { definitions, pool } = deps;
    const definition = findDefinition(definitions, handoff.process);
    const lines = (await briefLines(pool, handoff)).filter(isToldTo(deps, caller, handoff));
    const [ruling, may] = await Promise.all([
      handoff.kind === 'task' ? null : briefRuling(pool, definition, handoff, lines),
      mayDo(deps, caller, handoff, involved),
    ]);
    const body: z.output<typeof Brief> = {
      handoff: showHandoff(deps, handoff),
      requester: handoff.requester,
      ...{ may, asks: asksOf(definitions, handoff), ruling },
      inferences: inferencesOf(deps, handoff, lines),
      written: writtenIn(handoff, lines),
      history: historyOf(handoff, lines),
    };
    return { status: 200, body };
  },
});

/**
 * Whoever asked for a case, and gets it back, learns of that handoff alone: not how the rules and the model judge, nor what others
 * said of it among themselves.
 */
function isToldTo({ definitions }: Deps, caller: Caller, { id, kind, process }: StoredHandoff) {
  const all = kind !== 'rework' || seesCasesOf(definitions, caller, process);
  return ({ type, key, body }: BriefLine): boolean =>
    all || type.startsWith('action.') || key === id || key.startsWith(`${id}/`) || body['handoff'] === id;
}

async function mayDo(deps: Deps, caller: Caller, handoff: StoredHandoff, involved: boolean) {
  const { pool, definitions } = deps;
  const led = await queuesLedBy(pool, caller.person);
  const assign = caller.roles.includes('admin') || answering(handoff).some((queue) => led.includes(queue));
  const mayAnswer = async () => {
    const authority =
      handoff.kind === 'rework' ? await its(deps, caller, handoff) : await admit(pool, definitions, caller, handoff);
    await mustBeFree(pool, definitions, handoff, authority);
    return authority;
  };
  const answer = await refusalOf(mayAnswer);
  const standsInFor = answer ? null : ((await mayAnswer()).for ?? null);
  const approve = answer ?? (await refusalOf(async () => mayApprove(pool, handoff, await mayAnswer(), undefined)));
  const others = approve?.code === 'limit-exceeded' ? await whoMayApprove(deps, handoff) : null;
  return { answer, approve, others, standsInFor, assign, comment: involved };
}

/** Whoever a rework goes back to may be who asked for the case. */
async function its({ pool, definitions }: Deps, caller: Caller, handoff: StoredHandoff) {
  const queues = await queuesOfCaller(pool, caller);
  const [authority] = await authoritiesOf(pool, definitions, caller.person, queues, handoff);
  if (!authority) throw new Problem('not-your-queue');
  return authority;
}

async function refusalOf(tried: () => Promise<unknown>): Promise<z.output<typeof Refusal>> {
  try {
    await tried();
    return null;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, detail: error.message };
    throw error;
  }
}

/** What was done in the case, and not compensated since, by the declared names. */
function writtenIn({ caseId }: StoredHandoff, lines: readonly BriefLine[]): string[] {
  const gone = new Set(lines.filter(({ type }) => type === 'action.compensated').map(({ key }) => key));
  const done = lines.filter(({ type, key }) => type === 'action.done' && !gone.has(key));
  return [...new Set(done.map(({ key }) => nameIn(caseId, key)))];
}

function inferencesOf({ definitions }: Deps, { id, caseId, process }: StoredHandoff, lines: readonly BriefLine[]) {
  const opened = lines.find(({ type, key }) => type === 'handoff.opened' && key === id)?.seq ?? Infinity;
  const declared = findDefinition(definitions, process)?.inferences;
  const last = new Map(
    lines
      .filter(({ type, seq }) => type.startsWith('inference.') && seq < opened)
      .map((line) => [nameIn(caseId, line.key), line]),
  );
  return [...last].map(([name, { type, body }]) => ({
    name,
    confident: body['confident'] === true,
    confidence: Number(body['confidence'] ?? 0),
    threshold: declared?.[name]?.confidenceThreshold ?? null,
    fellBack: type === 'inference.fell-back',
  }));
}
