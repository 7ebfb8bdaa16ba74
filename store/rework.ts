import type { GoesBack } from '../core/declare/asking.ts';
import { directoryName } from '../rules/canonical.ts';
import { currentTerms } from './approvals.ts';
import { namedInRecord } from './calendars.ts';
import { digest } from './digest.ts';
import { editsOf } from './edits.ts';
import { lookAgain, queueOf, rulesFromNow } from './handoff-times.ts';
import { findHandoff, type StoredHandoff } from './handoffs.ts';
import { timingColumns } from './open-handoff.ts';
import { hasMember } from './members.ts';
import { type Db, row } from './pool.ts';
import { append, appending } from './record.ts';
import { requesterOf } from './requester.ts';
import { timesWithin } from './times-within.ts';
import { noteUnattended } from './unattended.ts';

/** How often its queue sent this handoff back in this case, by any of its keys. The caller holds it locked. */
export const timesReturned = async (db: Db, { caseId, name, firstOwner }: StoredHandoff): Promise<number> =>
  (
    await row<{ times: number }>(
      db,
      'rework.times',
      'select times from times_returned where case_id = $1 and handoff = $2 and queue = $3',
      [caseId, name, firstOwner],
    )
  )?.times ?? 0;

/** Opens the turn of whoever a handoff goes back to, which the caller holds locked and has just returned: `<id>/rework`. */
export async function openRework(db: Db, returned: StoredHandoff, { to, within, mayChange = {} }: GoesBack) {
  const { caseId, process, name, escalateTo, requester, given } = returned;
  const terms = currentTerms(returned);
  const written = given.length > 0 ? Object.keys(terms ?? {}) : []; // whoever approved first wrote their own
  const hidden = returned.hidden.filter((field) => !written.includes(field));
  const { person, queue } = to === 'requester' ? await requesterOf(db, requester) : { queue: to, person: undefined };
  const { atRiskAt, dueAt, timing } = await timesWithin(db, caseId, queue ?? queueOf(returned), within);
  const unattended = queue !== undefined && !(await hasMember(db, queue));
  const shown = (field: string) => !hidden.includes(field);
  const mayAmend = returned.mayAmend.filter((field) => shown(field) && mayChange.terms?.includes(field));
  const fields = (mayChange.packet ?? []).filter(shown);
  const id = `${returned.id}/rework`;
  const owner = person ?? queue!;
  const calendar = namedInRecord(timing.calendar);
  const body = {
    follows: returned.id,
    owner,
    person,
    mayChange: fields,
    mayAmend,
    atRiskAt,
    expiresAt: dueAt,
    calendar,
  };
  await row(
    db,
    'rework.open',
    `with opened as (
       insert into handoffs (id, case_id, process, kind, name, owner, first_owner, person, escalate_to, terms_name, terms, packet,
                             may_amend, may_change, hidden, follows, ruled_terms, times_returned, drafts, at_risk_at, escalates_at, expires_at,
                             clock, clock_queue, calendar, calendar_version, unattended)
       select $3, $1, $7, 'rework', $8, $9, $9, $10, $11, terms_name, $22, packet, $12, $13, $23, id, coalesce(ruled_terms, terms),
              times_returned + 1, drafts, $14, $15, $15, $17, $18, $19, $20, $21
       from handoffs where id = $16 returning id)
     select append_record($1, $2, $3, $4, $5, $6) from opened`,
    [
      ...appending({ caseId, type: 'handoff.opened', key: id, actor: 'baton', body }),
      ...[process, name, owner, person === undefined ? null : directoryName(person), escalateTo],
      ...[mayAmend, fields, atRiskAt, dueAt, returned.id, ...timingColumns(timing), unattended],
      ...[JSON.stringify(terms), hidden],
    ],
  );
  if (unattended) await noteUnattended(db, { id, caseId, owner, escalateTo });
}

export interface Reworked {
  by: string;
  /** The role in whose name. */
  role: string;
  /** Whom they stand in for, and by which delegation. */
  for?: string;
  delegation?: string;
  because: string;
  /** As they are now, whether or not they were changed. */
  packet: unknown;
  terms: unknown;
}

/** Stores the one answer to a rework that the caller holds locked and open. */
export async function rework(db: Db, handoff: StoredHandoff, reworked: Reworked) {
  const { by, role, for: forPerson, delegation, because, packet, terms } = reworked;
  const { id, caseId, drafts, version } = handoff;
  const edits = {
    packet: editsOf(handoff.packet, packet, drafts),
    terms: editsOf(handoff.terms, terms, drafts),
  };
  const changed = edits.packet !== undefined || edits.terms !== undefined;
  await row(
    db,
    'rework.add',
    `with decided as (update handoffs set state = 'decided', version = version + 1 where id = $3),
     decision as (
       insert into decisions (handoff_id, case_id, verdict, by, role, because, packet, terms, terms_digest, amended, edits, for_person, delegation)
       values ($3, $1, 'reworked', $4, $7, $8, $9, $10, $11, $12, $13, $14, $15))
     select append_record($1, $2, $3, $4, $5, $6)`,
    [
      ...appending({
        caseId,
        type: 'handoff.reworked',
        key: id,
        actor: by,
        body: { role, for: forPerson, delegation, because, version, ...(changed ? { edits } : {}) },
      }),
      ...[role, because, JSON.stringify(packet), JSON.stringify(terms ?? null), digest(terms ?? null)],
      ...[edits.terms !== undefined, changed ? JSON.stringify(edits) : null, forPerson ?? null, delegation ?? null],
    ],
  );
}

/** With what a handoff is asked again. */
export interface AskedAgain {
  whose: { owner: string; person?: string };
  packet: unknown;
  terms: unknown;
  ruledTerms: unknown;
}

/** What became of a rework of this handoff in this case; undefined where there is no such rework, or it is open. */
export async function askedAgain(db: Db, caseId: string, name: string, id: string): Promise<AskedAgain | undefined> {
  const found = await findHandoff(db, id);
  if (found?.kind !== 'rework' || found.caseId !== caseId || found.name !== name || found.state !== 'decided')
    return undefined;
  const returned = (await findHandoff(db, found.follows!))!;
  const { ruledTerms, decision } = found;
  const packet = 'select packet from decisions where handoff_id = $1 and packet is not null';
  const changed = await row<{ packet: unknown }>(db, 'rework.packet', packet, [id]);
  const { firstOwner: owner, person } = returned;
  return {
    whose: person === null ? { owner } : { owner, person },
    packet: changed?.packet ?? found.packet,
    terms: decision?.verdict === 'reworked' ? decision.terms : found.terms,
    ruledTerms,
  };
}

/** Gives it to the next queue before its time, and says why; the caller holds it locked and open. */
export async function escalate(db: Db, handoff: StoredHandoff, because: string) {
  const { id, caseId, owner, escalateTo, clock } = handoff;
  const body = { from: owner, to: escalateTo, because };
  await append(db, { caseId, type: 'handoff.escalated', key: `${id}/escalated`, actor: 'baton', body });
  const set = `update handoffs set sla_stage = 'escalated', owner = escalate_to, claimed_by = null where id = $1`;
  await row(db, 'rework.escalate', set, [id]);
  if (clock?.afterEscalation) await rulesFromNow(db, handoff, escalateTo);
  await lookAgain(db, handoff, because);
}
