import type { Activities, Turn } from '../core/run/activities.ts';
import type { LimitedBy } from '../core/declare/authority.ts';
import type { Decision } from '../core/run/approval.ts';
import { findCase } from '../store/cases.ts';
import * as store from '../store/handoffs.ts';
import { modelWasUnsure } from '../store/steps.ts';
import { add, atRiskAt, instantOf } from '../rules/calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';
import { ownerOf } from './owners.ts';

interface Question {
  id: string;
  caseId: string;
  process: string;
  name: string;
  owner: string;
  escalateTo: string;
  packet: unknown;
  termsName?: string;
  terms?: unknown;
  mayAmend?: readonly string[];
  hidden?: readonly string[];
  person?: string | undefined;
  notBy?: readonly string[];
  limitedBy?: LimitedBy | undefined;
  approvals?: number | undefined;
  /** On the case's own clock. */
  answerBy: Date;
  expiresAt: Date;
}

/** Opens a handoff under its contract, once, and answers whose turn it is. Fails: `writes-closed`. */
export async function askOwner({ pool }: Dependencies, question: Question): Promise<Turn> {
  const { answerBy, expiresAt, termsName, terms, mayAmend = [], hidden = [], ...rest } = question;
  const { now, clockOffsetMs } = (await findCase(pool, question.caseId))!;
  const real = (instant: number) => new Date(instant - clockOffsetMs);
  const escalatesAt = Math.min(answerBy.getTime(), expiresAt.getTime());
  const opened = await store.openHandoff(pool, {
    ...rest,
    termsName,
    terms,
    mayAmend,
    hidden,
    atRiskAt: real(atRiskAt(now, new Date(escalatesAt)).getTime()),
    escalatesAt: real(escalatesAt),
    expiresAt: real(expiresAt.getTime()),
  });
  if (!opened) throw refuse('writes-closed', 'The case is being compensated or is closed: nobody is asked any more');
  return turnOf(opened);
}

export const openHandoff =
  (deps: Dependencies): Activities['openHandoff'] =>
  async ({ caseId, process, name, key, packet, terms, to, dueBy }) => {
    const definition = definitionOf(deps, process);
    const contract = declared(definition.handoffs, name, 'handoff');
    const { escalateTo, mayAmend = [], notBy = [], on, answerWithin, expiresAfter, drafts = [], whenUnsure } = contract;
    const { limitedBy, approvals } = contract;
    const unsure = whenUnsure === 'hide the draft' && (await modelWasUnsure(deps.pool, caseId));
    const { now } = (await findCase(deps.pool, caseId))!;
    const { minutes, ...owner } = await ownerOf(deps.pool, contract.owner, { caseId, name, to });
    return askOwner(deps, {
      ...{ id: key, caseId, process, name, escalateTo, mayAmend, notBy, limitedBy, approvals, ...owner },
      packet: parse(contract.requires, packet, 'packet-invalid'),
      ...(on === undefined
        ? {}
        : { termsName: on, terms: parse(declared(definition.terms, on, 'terms'), terms, 'terms-invalid') }),
      hidden: unsure ? drafts : [],
      answerBy: earlier(now, add(now, minutes === undefined ? answerWithin : `${minutes} minutes`), dueBy),
      expiresAt: add(now, expiresAfter),
    });
  };

/** What is due already is late at once: its time is now, never before. */
function earlier(now: Date, contract: Date, dueBy: string | undefined): Date {
  if (dueBy === undefined) return contract;
  const asked = instantOf(dueBy);
  if (!asked) throw refuse('packet-invalid', `dueBy: ${dueBy} is neither an instant nor a day`);
  return new Date(Math.max(now.getTime(), Math.min(asked.getTime(), contract.getTime())));
}

export const turnHandoff =
  ({ pool }: Dependencies): Activities['turnHandoff'] =>
  async ({ key }) => {
    const handoff = await store.turnHandoff(pool, key);
    if (!handoff) throw refuse('writes-closed', `There is no handoff ${key}`);
    return turnOf(handoff);
  };

export const withdrawHandoff =
  ({ pool }: Dependencies): Activities['withdrawHandoff'] =>
  ({ caseId, key, because }) =>
    store.withdrawHandoff(pool, key, caseId, because);

function turnOf(handoff: store.StoredHandoff): Turn {
  const decision = store.decisionOf(handoff);
  return decision ? { decision } : whoseTurn(handoff);
}

/** Of what has no stage to come, the case looks again in a day. */
export function whoseTurn(handoff: store.StoredHandoff): Exclude<Turn, { decision: Decision }> {
  const { owner, dueAt, now, wakeAt } = handoff;
  const personal = store.isPersonal(handoff) ? { personal: true as const } : {};
  return { owner, ...personal, dueAt: dueAt.toISOString(), wakeAt: (wakeAt ?? add(now, '1 days')).toISOString() };
}
