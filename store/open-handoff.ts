import type { LimitedBy } from '../core/declare/authority.ts';
import { directoryName } from '../rules/canonical.ts';
import type { HandoffClock } from '../rules/handoff-clock.ts';
import { namedInRecord, type StoredCalendar } from './calendars.ts';
import { findHandoff, type StoredHandoff } from './handoffs.ts';
import { type Db, row } from './pool.ts';
import { appending } from './record.ts';

export interface NewHandoff {
  id: string;
  caseId: string;
  process: string;
  name: string;
  owner: string;
  escalateTo: string;
  termsName: string | undefined;
  terms: unknown;
  packet: unknown;
  mayAmend: readonly string[];
  /** Drafts of a model that was unsure: the owner does not see them. */
  hidden?: readonly string[];
  /** The owner, when it is a person and not a queue. */
  person?: string | undefined;
  /** Handoffs whose approvers do not answer this one. */
  notBy?: readonly string[];
  /** Fields that a model drafted. */
  drafts?: readonly string[];
  /** The rework after which it is asked again, and what was ruled on before that changed the terms. */
  follows?: string | undefined;
  ruledTerms?: unknown;
  limitedBy?: LimitedBy | undefined;
  /** How many must approve; one where nothing is said. */
  approvals?: number | undefined;
  /** Real instants, not the case's clock. */
  atRiskAt: Date;
  escalatesAt: Date;
  expiresAt: Date;
  /** What these times were computed from; without it, they stand. */
  timing?: Timing;
  /** What its clock stands still for. */
  pausesWhile?: readonly string[];
  /** Nobody is behind its queue. */
  unattended?: boolean;
}

/** What the times of a handoff were computed from, and by which calendar: that of this queue. */
export interface Timing {
  clock: HandoffClock;
  queue: string;
  calendar: Pick<StoredCalendar, 'name' | 'version' | 'content'>;
}

/** Opens a handoff, once; once the case's writes are closed nothing is asked any more. */
export async function openHandoff(db: Db, handoff: NewHandoff): Promise<StoredHandoff | undefined> {
  const { id, caseId, process, name, owner, escalateTo, termsName, terms, packet, mayAmend, hidden = [] } = handoff;
  const {
    atRiskAt,
    escalatesAt,
    expiresAt,
    person,
    notBy = [],
    timing,
    pausesWhile = [],
    unattended = false,
    drafts = [],
    follows,
    ruledTerms,
    limitedBy,
    approvals = 1,
  } = handoff;
  const times = { atRiskAt, escalatesAt, expiresAt };
  const several = approvals > 1 ? { approvals } : {};
  const limits = { mayAmend, hidden, ...(notBy.length > 0 ? { notBy } : {}), ...several };
  const calendar = timing && namedInRecord(timing.calendar);
  const body = { follows, owner, person, escalateTo, termsName, terms, packet, ...limits, ...times, calendar };
  await row(
    db,
    'handoffs.open',
    `with c as (select case_id from cases where case_id = $1 and closed_at is null and writes_closed_at is null for update),
     opened as (
       insert into handoffs (id, case_id, process, name, owner, first_owner, escalate_to, terms_name, terms, packet, may_amend,
                             hidden, at_risk_at, escalates_at, expires_at, person, not_by, limited_by, approvals_needed,
                             clock, clock_queue, calendar, calendar_version, pauses_while, unattended, drafts, follows, ruled_terms, times_returned)
       select $3, $1, $7, $8, $9, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31,
              coalesce((select times from times_returned where case_id = $1 and handoff = $8 and queue = $9), 0) from c
       on conflict (id) do nothing returning id)
     select append_record($1, $2, $3, $4, $5, $6) from opened`,
    [
      ...appending({ caseId, type: 'handoff.opened', key: id, actor: 'baton', body }),
      ...[process, name, owner, escalateTo, termsName ?? null, JSON.stringify(terms ?? null), JSON.stringify(packet)],
      ...[
        [...mayAmend],
        [...hidden],
        atRiskAt,
        escalatesAt,
        expiresAt,
        person === undefined ? null : directoryName(person),
        [...notBy],
        limitedBy ? JSON.stringify(limitedBy) : null,
        approvals,
      ],
      ...[...timingColumns(timing), [...pausesWhile], unattended],
      ...[[...drafts], follows ?? null, ruledTerms === undefined ? null : JSON.stringify(ruledTerms)],
    ],
  );
  return findHandoff(db, id);
}

/** In the order of the columns `clock, clock_queue, calendar, calendar_version`. */
export const timingColumns = (timing: Timing | undefined): (string | number | null)[] =>
  timing
    ? [JSON.stringify(timing.clock), timing.queue, timing.calendar.name, timing.calendar.version]
    : [null, null, null, null];
