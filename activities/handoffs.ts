import type { Handoff, Span } from '../core/declare/definition.ts';
import type { Activities, Turn } from '../core/run/activities.ts';
import type { Decision } from '../core/run/approval.ts';
import { findCase } from '../store/cases.ts';
import * as store from '../store/handoffs.ts';
import { type NewHandoff, openHandoff as open } from '../store/open-handoff.ts';
import { askedAgain, type AskedAgain } from '../store/rework.ts';
import { modelWasUnsure } from '../store/steps.ts';
import { calendarOf } from '../store/calendars.ts';
import { hasMember } from '../store/members.ts';
import { pauseForAwaited } from '../store/pauses.ts';
import { transaction } from '../store/pool.ts';
import { reportEnded } from '../store/tasks.ts';
import { noteUnattended } from '../store/unattended.ts';
import { instantOf, isBeyond, milliseconds } from '../rules/calendar.ts';
import { type HandoffClock, stagesOf } from '../rules/handoff-clock.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';
import { ownerOf } from './owners.ts';

/** Of the handoff to open, what its step says: the times come from the contract. */
type Said = Omit<
  NewHandoff,
  'atRiskAt' | 'escalatesAt' | 'expiresAt' | 'timing' | 'unattended' | 'termsName' | 'terms' | 'mayAmend'
>;

interface Question extends Said, Partial<Pick<NewHandoff, 'termsName' | 'terms' | 'mayAmend'>> {
  answerWithin: Span;
  expiresAfter: Span;
  /** On the case's own clock. What is due already is late at once: its time is now, never before. */
  dueBy?: Date | undefined;
  afterEscalation?: Handoff['afterEscalation'] | undefined;
}

/** Opens a handoff under its contract, once, and answers whose turn it is. Fails: `writes-closed`. */
export async function askOwner({ pool }: Dependencies, question: Question): Promise<Turn> {
  const { answerWithin, expiresAfter, dueBy, afterEscalation, termsName, terms, mayAmend = [], ...rest } = question;
  const { caseId, owner, person, escalateTo } = question;
  const { now, clockOffsetMs } = (await findCase(pool, caseId))!;
  const queue = person === undefined ? owner : escalateTo; // a person works by the calendar of the queue behind them
  const calendar = await calendarOf(pool, queue);
  const unattended = person === undefined && !(await hasMember(pool, owner));
  const clock: HandoffClock = {
    ...{ from: now.toISOString(), answerWithin, expiresAfter },
    ...(dueBy ? { dueBy: dueBy.toISOString() } : {}),
    ...(afterEscalation ? { afterEscalation } : {}),
    ...(unattended ? { atRiskAfter: '0 minutes' as const } : {}),
  };
  const stages = stagesOf(clock, calendar.content);
  const real = (instant: Date) => new Date(instant.getTime() - clockOffsetMs);
  const opened = await open(pool, {
    ...{ ...rest, termsName, terms, mayAmend, unattended },
    atRiskAt: real(stages.atRiskAt),
    escalatesAt: real(stages.escalatesAt),
    expiresAt: real(stages.expiresAt!),
    timing: { clock, queue, calendar },
  });
  if (!opened) throw refuse('writes-closed', 'The case is being compensated or is closed: nobody is asked any more');
  if (opened.unattended) await noteUnattended(pool, opened);
  if (isBeyond(calendar.content, stages.expiresAt!))
    await transaction(pool, (db) => reportEnded(db, caseId, calendar, stages.expiresAt!));
  return turnOf((await pauseForAwaited(pool, opened)) ?? opened);
}

export const openHandoff =
  (deps: Dependencies): Activities['openHandoff'] =>
  async ({ caseId, process, name, key, to, dueBy, reworked, ...given }) => {
    const definition = definitionOf(deps, process);
    const contract = declared(definition.handoffs, name, 'handoff');
    const { escalateTo, mayAmend = [], notBy = [], on, expiresAfter, drafts = [], whenUnsure } = contract;
    const { afterEscalation, pausesWhile = [] } = contract;
    const { limitedBy, approvals } = contract;
    const unsure = whenUnsure === 'hide the draft' && (await modelWasUnsure(deps.pool, caseId));
    const back = reworked === undefined ? undefined : await whatCameBack(deps, { caseId, name, reworked });
    const { packet, terms } = back ?? given;
    const { minutes, ...owner } = await ownerOf(deps.pool, contract.owner, { caseId, name, to });
    return askOwner(deps, {
      ...{
        id: key,
        caseId,
        process,
        name,
        escalateTo,
        mayAmend,
        notBy,
        drafts,
        limitedBy,
        approvals,
        ...owner,
        ...back?.whose,
      },
      ...(back ? { follows: reworked, ruledTerms: back.ruledTerms } : {}),
      packet: parse(contract.requires, packet, 'packet-invalid'),
      ...(on === undefined
        ? {}
        : { termsName: on, terms: parse(declared(definition.terms, on, 'terms'), terms, 'terms-invalid') }),
      hidden: unsure ? drafts : [],
      answerWithin: minutes === undefined ? contract.answerWithin : `${minutes} minutes`,
      ...{ expiresAfter, afterEscalation, pausesWhile, dueBy: dueBy === undefined ? undefined : instantIn(dueBy) },
    });
  };

/** What whoever it went back to made of it. */
async function whatCameBack(
  { pool }: Dependencies,
  { caseId, name, reworked }: { caseId: string; name: string; reworked: string },
): Promise<AskedAgain> {
  const back = await askedAgain(pool, caseId, name, reworked);
  if (!back) throw refuse('packet-invalid', `${name}: there is no such rework in this case`);
  return back;
}

function instantIn(dueBy: string): Date {
  const instant = instantOf(dueBy);
  if (!instant) throw refuse('packet-invalid', `dueBy: ${dueBy} is neither an instant nor a day`);
  return instant;
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
  return {
    owner,
    ...personal,
    dueAt: dueAt.toISOString(),
    wakeAt: (wakeAt ?? new Date(now.getTime() + milliseconds('1 days'))).toISOString(),
  };
}
