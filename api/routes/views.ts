import { z } from 'zod';
import { supervision, supervisionTimes } from '../../core/declare/autonomy.ts';
import { findDefinition } from '../../core/declare/find.ts';
import { reversalProcess } from '../../core/declare/reversal.ts';
import { findings, type TaskKind, taskKinds } from '../../core/declare/tasks.ts';
import { namesRule } from '../../core/declare/values.ts';
import { isSameName } from '../../rules/canonical.ts';
import { currentTerms } from '../../store/approvals.ts';
import type { StoredDecision, StoredHandoff } from '../../store/handoffs.ts';
import { without } from '../../store/versions.ts';
import type { Deps } from '../deps.ts';
import type { SeenCase } from '../visibility.ts';
import { beforeRework, BeforeRework } from './before-rework.ts';
import { contractOf } from './contract-of.ts';

/** What the API shows. Instants are ISO 8601; those of a case are on its own clock. */

const Instant = z.iso.datetime();
const Anything = z.unknown();
export const ClockAhead = z
  .number()
  .describe(
    "How far the case's own clock, which its times are on, is ahead of the real one; less than 0 where it is behind",
  );

export const Accepted = z.object({ caseId: z.string(), url: z.string() });

export const Case = z.object({
  caseId: z.string(),
  process: z.string(),
  status: z.enum(['open', 'closed']),
  stage: z.enum(['accepted', 'running', 'waiting', 'compensating', 'stuck', 'closed']),
  waitingOn: z.array(
    z.object({
      for: z.enum(['handoff', 'event', 'model', 'switch']),
      id: z.string().describe('Of a switch: `all`, or `<scope>/<name>`'),
      owner: z.string().optional(),
      dueAt: Instant.optional().describe('Not of a switch'),
    }),
  ),
  stuck: z
    .object({
      since: Instant,
      error: z.string(),
      step: z.string().nullable().describe('The activity that fails; null where it is the workflow itself'),
      after: z.string().nullable().describe('The last line of the record by then'),
    })
    .nullable()
    .describe('What stops it, when a bug of ours does: it goes on once that is mended'),
  outcome: z.string().nullable(),
  reversals: z
    .array(z.object({ caseId: z.string(), outcome: z.string().nullable() }))
    .describe('Reversals that were asked for since it closed, with their outcomes; null while they are open'),
  reverses: z.string().nullable().describe('The closed case that this one, a reversal, is to take back'),
  rollback: z
    .enum(['complete', 'partial'])
    .nullable()
    .describe('Of a case that failed, was cancelled or terminated: whether all that it wrote is taken back'),
  result: Anything,
  impact: Anything.describe('What it was worth, as its process measures it; null when it says nothing'),
  currency: z
    .string()
    .nullable()
    .optional()
    .describe('Of the amounts in `result` and `impact`, where the case has one; only when one case is asked for'),
  flag: z.string().nullable().describe('Why the result or the impact breaks its contract, when one does'),
  openedBy: z.string().nullable().describe('The action of another case by which this one was opened'),
  requester: z.string(),
  clockAheadMs: ClockAhead,
  openedAt: Instant,
  closedAt: Instant.nullable(),
  temporalUrl: z.string(),
});

export const Cases = z.object({ cases: z.array(Case), next: z.string().optional().describe('Pass as `before`') });

const Patch = z.object({
  patch: z.array(z.record(z.string(), z.unknown())).describe('A JSON Patch (RFC 6902)'),
  against: z.string().describe('The digest of what it applies to: SHA-256 of its canonical JSON'),
  drafted: z.array(z.string()).describe('Those of the changed fields that a model had drafted'),
});

const Decision = z.object({
  verdict: z.enum(['approved', 'rejected', 'returned', 'expired', 'reworked']),
  by: z.string(),
  for: z.string().nullable().describe('Whom they stood in for'),
  because: z.string(),
  terms: Anything,
  amended: z.boolean(),
  edits: z
    .union([Patch, z.object({ packet: Patch.optional(), terms: Patch.optional() })])
    .nullable()
    .describe('What was changed; of a rework, of the packet and of the terms'),
  at: Instant,
});

/** A question as its handoff shows it. */
export const Question = z.object({
  id: z.string(),
  to: z.string().describe('`requester`, or a queue'),
  question: z.string(),
  askedBy: z.string(),
  state: z.enum(['open', 'answered', 'unanswered', 'taken-back', 'closed']),
  dueAt: Instant,
  answer: z.string().nullable(),
  by: z.string().nullable(),
  at: Instant.nullable(),
});

const Rework = z.object({
  times: z.int().describe('How often its queue has sent it back in this case'),
  atMost: z.int(),
  to: z.string().nullable().describe('`requester`, or a queue; null where the process says what happens'),
  then: z.enum(['rejected', 'escalated']),
  said: Decision.nullable().describe('Of a rework why it was sent back; of what is asked again what was done about it'),
  was: BeforeRework.nullable().describe('Of what is asked again the fields that were changed, as they were before'),
});

const Completion = z.object({
  found: z.enum(findings),
  by: z.string(),
  for: z.string().nullable().describe('Whom they stood in for'),
  because: z.string(),
  reference: z.string().nullable(),
  result: Anything,
  at: Instant,
});

export const Handoff = z.object({
  id: z.string(),
  caseId: z.string(),
  process: z.string(),
  kind: z
    .enum(['decision', 'task', 'rework'])
    .describe(
      'A task is what no workflow can finish: it is completed with what was found. A rework is the turn of whoever something goes back to',
    ),
  name: z.string().describe('As the process declares it; of a task its kind'),
  owner: z.string(),
  person: z.string().nullable().describe('Whom it was given to by name; after escalation they may still answer'),
  notBy: z.array(z.string()).describe('Handoffs whose approvers do not answer this one'),
  state: z.enum(['open', 'decided', 'completed', 'withdrawn']),
  slaStage: z.enum(['waiting', 'at-risk', 'escalated', 'expired']),
  version: z.int(),
  on: z.string().nullable(),
  terms: Anything,
  packet: Anything,
  contract: z.object({
    escalateTo: z.string(),
    answerWithin: z.string().optional(),
    expiresAfter: z.string().optional(),
    pausesWhile: z.array(z.string()).optional(),
    reasonFor: z.array(z.string()).optional().describe('Which answers need a reason; sending it back always does'),
  }),
  approvals: z.object({
    needed: z.int().describe('How many different people must approve the same terms; the first "no" decides'),
    given: z.array(z.object({ by: z.string(), for: z.string().nullable(), because: z.string(), at: Instant })),
  }),
  limitedBy: Anything.describe('Where the terms hold the amount that limits of authority are about; null: nowhere'),
  mayAmend: z.array(z.string()),
  mayChange: z.array(z.string()).describe('Fields of the packet, of a rework'),
  questions: z.array(Question).describe('What was asked beside it, and the answers'),
  rework: Rework.nullable().describe('How often it may be sent back, to whom, and what happens then'),
  hidden: z
    .array(z.string())
    .describe('Drafts of a model that was not sure: not shown, and to be written by the owner'),
  claimedBy: z.string().nullable(),
  paused: z
    .object({ since: Instant, for: z.array(z.string()) })
    .nullable()
    .describe('Its clock stands still: since when, and for what. The times below are those it had before'),
  unattended: z.boolean().describe('Nobody was behind its queue when it was opened'),
  calendar: z
    .object({ name: z.string(), version: z.int() })
    .nullable()
    .describe('By which its times were computed; null where they were given'),
  clockAheadMs: ClockAhead,
  openedAt: Instant,
  dueAt: Instant,
  atRiskAt: Instant,
  escalatesAt: Instant,
  expiresAt: Instant.nullable().describe('A task never expires'),
  decision: Decision.nullable(),
  completion: Completion.nullable(),
});

export const Handoffs = z.object({
  handoffs: z.array(Handoff),
  next: z.string().optional().describe('Pass as `after`'),
});

export function showCase({ uiUrl, temporal }: Deps, seen: SeenCase): z.output<typeof Case> {
  const { caseId, process, stage, outcome, result, impact, flag, requester, openedBy } = seen;
  // Without a run's id the Web UI shows the run that is current, also after a reset.
  const workflow = ['namespaces', temporal.namespace, 'workflows', encodeURIComponent(caseId)];
  return {
    caseId,
    process,
    status: seen.closedAt ? 'closed' : 'open',
    stage: stage as z.output<typeof Case>['stage'],
    waitingOn: seen.waitingOn.map(({ for: what, id, owner, dueAt }) => ({
      for: what,
      id,
      ...(owner ? { owner } : {}),
      ...(dueAt ? { dueAt: iso(dueAt) } : {}),
    })),
    stuck: seen.stuck && { ...seen.stuck, since: iso(seen.stuck.since) },
    outcome,
    rollback: seen.rollback,
    reversals: seen.reversals,
    reverses: process === reversalProcess ? (seen.request as { caseId: string }).caseId : null,
    result,
    impact,
    flag,
    requester,
    openedBy,
    clockAheadMs: seen.clockOffsetMs,
    openedAt: iso(new Date(seen.openedAt.getTime() + seen.clockOffsetMs)),
    closedAt: seen.closedAt && iso(new Date(seen.closedAt.getTime() + seen.clockOffsetMs)),
    temporalUrl: [uiUrl.replace(/\/$/, ''), ...workflow].join('/'),
  };
}

export function showHandoff({ definitions }: Deps, handoff: StoredHandoff): z.output<typeof Handoff> {
  const { id, caseId, process, kind, name, owner, escalateTo, state, slaStage, version, termsName, packet } = handoff;
  const { mayAmend, claimedBy, decision, completion, person, notBy, approvalsNeeded: needed, given } = handoff;
  const hidden = hiddenNow(handoff);
  return {
    ...{ id, caseId, process, kind, name, owner, person, notBy, state, slaStage, version, on: termsName },
    terms: without(currentTerms(handoff), hidden),
    packet: without(packet, [...handoff.hidden, ...notForRequester(definitions, handoff)]),
    hidden,
    contract: {
      escalateTo,
      ...(handoff.pausesWhile.length > 0 ? { pausesWhile: handoff.pausesWhile } : {}),
      ...timesOf(definitions, handoff),
    },
    approvals: { needed, given: given.map(({ terms: _, ...one }) => ({ ...one, at: iso(one.at) })) },
    limitedBy: handoff.limitedBy,
    mayAmend,
    mayChange: handoff.mayChange,
    questions: handoff.questions,
    rework: reworkOf(definitions, handoff),
    claimedBy,
    paused: state !== 'open' ? null : handoff.pausedAt && { since: iso(handoff.pausedAt), for: handoff.pausedFor },
    ...{ unattended: handoff.unattended, calendar: handoff.calendar },
    clockAheadMs: handoff.clockOffsetMs,
    openedAt: iso(handoff.openedAt),
    dueAt: iso(handoff.dueAt),
    atRiskAt: iso(handoff.atRiskAt),
    escalatesAt: iso(handoff.escalatesAt),
    expiresAt: handoff.expiresAt && iso(handoff.expiresAt),
    decision: showDecision(decision),
    completion: completion && { ...completion, at: iso(completion.at) },
  };
}

const showDecision = (decision: StoredDecision | null) => decision && { ...decision, at: iso(decision.at) };

function reworkOf(definitions: Deps['definitions'], handoff: StoredHandoff): z.output<typeof Rework> | null {
  const declared = contractOf(definitions, handoff)?.rework;
  if (!declared) return null;
  const { timesReturned, decision, said } = handoff;
  const { atMost, to = null, then } = declared;
  const times = timesReturned + (decision?.verdict === 'returned' ? 1 : 0);
  return { times, atMost, to, then, said: showDecision(said), was: beforeRework(handoff) };
}

/** Who gets back what they asked for learns why in the words of whoever sent it back, and of no rule. */
function notForRequester(definitions: Deps['definitions'], handoff: StoredHandoff): string[] {
  const { kind, process, name, person, requester } = handoff;
  const declared = findDefinition(definitions, process)?.handoffs[name];
  if (!declared || kind !== 'rework' || person === null || !isSameName(person, requester)) return [];
  const says = (field: z.ZodType) => field.meta()?.['x-names'] === namesRule['x-names'];
  return Object.entries(declared.requires.shape).flatMap(([field, schema]) =>
    says(schema as z.ZodType) ? [field] : [],
  );
}

/** Of a draft that was hidden, whoever approves first writes their own: the next sees that. */
export const hiddenNow = ({ hidden, given }: StoredHandoff): string[] => (given.length > 0 ? [] : hidden);

function timesOf(definitions: Deps['definitions'], { kind, process, name }: StoredHandoff) {
  if (kind === 'task') return { answerWithin: taskKinds[name as TaskKind].answerWithin };
  if (name === supervision) return supervisionTimes;
  const declared = contractOf(definitions, { process, name, kind });
  if (kind === 'rework') return declared?.rework?.to === undefined ? {} : { answerWithin: declared.rework.within };
  if (!declared) return {};
  const { answerWithin, expiresAfter, reasonFor } = declared;
  return { answerWithin, expiresAfter, ...(reasonFor ? { reasonFor: [...reasonFor] } : {}) };
}

/** JSON made by the database writes instants its own way. */
const iso = (instant: Date | string): string => new Date(instant).toISOString();
