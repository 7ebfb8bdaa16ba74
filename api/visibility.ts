import type { Pool } from 'pg';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { findDefinition } from '../core/declare/find.ts';
import { isSameName } from '../rules/canonical.ts';
import { describeCase, type ListedCase } from '../store/cases.ts';
import { findEntry } from '../store/inbox.ts';
import type { Withheld } from '../store/find-cases.ts';
import type { Naming, Reader } from '../store/seen-cases.ts';
import type { Db } from '../store/pool.ts';
import { findStuck } from '../store/stuck.ts';
import { rolesOf } from '../store/members.ts';
import { queuesOf } from '../systems/queues-of.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { hasScope } from './keys.ts';
import { Problem } from './problems.ts';

type Definitions = Deps['definitions'];

export const hasAny = ({ roles }: Caller, wanted: Iterable<string>): boolean => {
  for (const role of wanted) if (roles.includes(role)) return true;
  return false;
};

/** Who may ask for a case of it. A system asks for others. */
export const mayRequest = ({ name, requestedBy = [], internal }: ProcessDefinition, caller: Caller): boolean =>
  !internal && (hasAny(caller, ['system', ...requestedBy]) || hasScope(caller, 'cases.start', name));

/** Every role that some process declares. */
export const declaredRoles = (definitions: Definitions): Set<string> =>
  new Set(Object.values(definitions).flatMap((one) => [...queuesOf(one), ...(one.requestedBy ?? [])]));

/** Those who look at everything. A system reads what it started for others, so it reads every case. */
export const seesAllCases = (caller: Caller) => hasAny(caller, ['auditor', 'admin', 'system']);
export const seesAllHandoffs = (caller: Caller) => hasAny(caller, ['auditor', 'admin']);

export const visibleProcesses = (definitions: Definitions, caller: Caller): string[] =>
  Object.values(definitions)
    .filter((definition) => hasAny(caller, queuesOf(definition)) || hasScope(caller, 'cases.read', definition.name))
    .map(({ name }) => name);

export const maySeeCase = (
  definitions: Definitions,
  caller: Caller,
  { process, requester }: { process: string; requester: string },
): boolean => isSameName(requester, caller.person) || seesCasesOf(definitions, caller, process);

/** Whether they see every case of a process. */
export const seesCasesOf = (definitions: Definitions, caller: Caller, process: string): boolean =>
  seesAllCases(caller) || visibleProcesses(definitions, caller).includes(process);

/** The queues a caller is in by their token and, still, by the store. */
export async function queuesOfCaller(db: Db, caller: Caller): Promise<string[]> {
  const stored = await rolesOf(db, caller.person);
  return caller.roles.filter((role) => stored.includes(role));
}

/** A case as listed, or one that was accepted and has not begun. */
export type SeenCase = Omit<ListedCase, 'runId'> & { runId?: string };

/** A case as whoever may see it does. */
export const findCaseAsSeen = async (pool: Pool, caseId: string): Promise<SeenCase | undefined> =>
  (await describeCase(pool, caseId)) ?? (await accepted(pool, caseId));

/** Throws `not-found`, also for a case that the caller may not see. */
export async function findVisibleCase({ pool, definitions }: Deps, caller: Caller, caseId: string): Promise<SeenCase> {
  const found = await findCaseAsSeen(pool, caseId);
  const seen = found && (isSameName(found.requester, caller.person) || answersFor(definitions, caller, found));
  if (!seen) throw new Problem('not-found');
  return found;
}

/** Whether they see a case as those do who work on it or answer for it, and not only because they asked for it. */
export const answersFor = (
  definitions: Definitions,
  caller: Caller,
  one: Pick<SeenCase, 'process' | 'request'>,
): boolean => seesCasesOf(definitions, caller, one.process) || hasAny(caller, queuesNamed(definitions, one));

/** Queues that answer in a case because its request names them. */
function queuesNamed(definitions: Definitions, { process, request }: Pick<SeenCase, 'process' | 'request'>): string[] {
  return naming(definitions)
    .filter((one) => one.process === process)
    .map(({ field }) => String((request as Record<string, unknown>)[field]));
}

const naming = (definitions: Definitions): Naming[] =>
  Object.values(definitions).flatMap(({ name: process, handoffs }) =>
    Object.values(handoffs).flatMap(({ owner }) =>
      typeof owner === 'object' && owner.by === 'request' ? { process, field: owner.field } : [],
    ),
  );

/** What a model does not learn of a request, nobody finds a case by. */
export const withheldFields = (definitions: Definitions): Withheld[] =>
  Object.values(definitions).flatMap(({ name: process, inferences }) => {
    const fields = Object.values(inferences).flatMap(({ withholds = [] }) => withholds);
    return fields.length > 0 ? [{ process, fields }] : [];
  });

/** The cases that a list shows to somebody who does not see all. */
export const visibleCases = (definitions: Definitions, caller: Caller): Reader => ({
  requester: caller.person,
  processes: visibleProcesses(definitions, caller),
  named: naming(definitions),
  roles: caller.roles,
});

async function accepted(pool: Pool, caseId: string): Promise<SeenCase | undefined> {
  const entry = await findEntry(pool, caseId);
  if (!entry) return undefined;
  const { process, request, requester, acceptedAt: openedAt, asOf } = entry;
  const nothingYet = {
    closedAt: null,
    writesClosedAt: null,
    outcome: null,
    rollback: null,
    reversals: [],
    result: null,
    flag: null,
    waitingOn: [],
  };
  const more = { impact: null, openedBy: entry.openedBy ?? null };
  const now = asOf ?? new Date();
  const stuck = (await findStuck(pool, caseId)) ?? null;
  return {
    caseId,
    process,
    request,
    requester,
    openedAt,
    now,
    clockOffsetMs: 0,
    ...nothingYet,
    ...more,
    stuck,
    stage: stuck ? 'stuck' : 'accepted',
  };
}

/** The declaration of a process. Throws `not-found`. */
export function definitionOf(definitions: Definitions, process: string): ProcessDefinition {
  const definition = findDefinition(definitions, process);
  if (!definition) throw new Problem('not-found'); // as of one that they may not see
  return definition;
}
