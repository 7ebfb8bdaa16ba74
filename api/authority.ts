import type { ProcessDefinition } from '../core/declare/define.ts';
import { findDefinition } from '../core/declare/find.ts';
import { isOneOfNames, isSameName } from '../rules/canonical.ts';
import { approvedAnother, type Authors, authorsOf, currentTerms, hasApproved } from '../store/approvals.ts';
import { isWithinLimit } from '../store/authority-limits.ts';
import { standInsOf } from '../store/delegations.ts';
import type { StoredHandoff } from '../store/handoffs.ts';
import { isActive, rolesOf } from '../store/members.ts';
import type { Db } from '../store/pool.ts';
import { queuesOf } from '../systems/queues-of.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import { answering } from './routes/queue-of.ts';
import { queuesOfCaller } from './visibility.ts';
import type { Sentence } from './sentences.ts';

/** In whose name somebody answers a handoff: their own, or that of somebody they stand in for. */
export interface Authority {
  by: string;
  /** The queue, or the person to whom it was given by name. */
  role: string;
  for?: string;
  delegation?: string;
}

type Definitions = Deps['definitions'];

/**
 * In whose names a person who is in these queues may answer it. What they hold of somebody else goes no further: whoever stands in for
 * them holds only what is their own.
 */
export async function authoritiesOf(
  db: Db,
  definitions: Definitions,
  by: string,
  queues: readonly string[],
  handoff: StoredHandoff,
): Promise<Authority[]> {
  if (!(await isActive(db, by))) return [];
  const own = roleIn(handoff, by, queues);
  const standIns = mayStandIn(definitions, queues, handoff) ? await standInsOf(db, by) : [];
  const others = standIns.flatMap(({ id: delegation, delegator, queues: theirs }) => {
    const role = roleIn(handoff, delegator, theirs);
    return role === undefined ? [] : { by, role, for: delegator, delegation };
  });
  return own === undefined ? others : [{ by, role: own }, ...others];
}

const roleIn = (handoff: StoredHandoff, person: string, queues: readonly string[]): string | undefined =>
  isSameName(handoff.person, person) ? person : answering(handoff).find((role) => queues.includes(role));

/** What somebody may look at because they stand in for others: whose, and in which processes. */
export async function standInOf(db: Db, definitions: Definitions, person: string, queues: readonly string[]) {
  const standIns = queues.includes('system') ? [] : await standInsOf(db, person);
  const answers = (one: ProcessDefinition) => queues.some((queue) => queuesOf(one).has(queue));
  return {
    queues: standIns.flatMap((one) => one.queues),
    people: standIns.map(({ delegator }) => delegator),
    processes: Object.values(definitions)
      .filter(answers)
      .map(({ name }) => name),
  };
}

/** Whoever stands in for another is a person who answers for something in this process themself. */
function mayStandIn(definitions: Definitions, queues: readonly string[], { process }: StoredHandoff): boolean {
  const definition = findDefinition(definitions, process);
  if (!definition || queues.includes('system')) return false;
  const answers = queuesOf(definition);
  return queues.some((queue) => answers.has(queue));
}

/** In whose name the caller answers. Throws `Problem` where another must. */
export async function admit(
  db: Db,
  definitions: Definitions,
  caller: Caller,
  handoff: StoredHandoff,
): Promise<Authority> {
  const queues = await queuesOfCaller(db, caller);
  const all = await authoritiesOf(db, definitions, caller.person, queues, handoff);
  const { may, refused } = await sorted(db, handoff, all);
  const [first] = may;
  if (!first) throw refused ?? new Problem('not-your-queue');
  return may.find((one) => isWith(handoff, one)) ?? first;
}

/** Those that four eyes allow, and why the first of the others is refused. */
async function sorted(db: Db, handoff: StoredHandoff, all: readonly Authority[]) {
  const may: Authority[] = [];
  let refused: Problem | undefined;
  const authors = await authorsOf(db, handoff);
  for (const one of all) {
    const problem = await fourEyes(db, handoff, authors, one);
    if (problem) refused ??= problem;
    else may.push(one);
  }
  return { may, refused };
}

/** Both, where one stands in for the other. */
export const peopleOf = ({ by, for: other }: Authority): string[] => (other === undefined ? [by] : [by, other]);

async function fourEyes(
  db: Db,
  handoff: StoredHandoff,
  { askers, reworkers }: Authors,
  authority: Authority,
): Promise<Problem | undefined> {
  for (const person of peopleOf(authority)) {
    const who = person === authority.by ? 'You' : (`${person}, for whom you stand in,` as const);
    if (isSameName(handoff.requester, person)) return new Problem('four-eyes', `${who} asked for it`);
    if (isOneOfNames(askers, person))
      return new Problem('four-eyes', `${who} sent the request for it, or had the key that did`);
    if (isOneOfNames(reworkers, person)) return new Problem('four-eyes', `${who} reworked it`);
    if (isOneOfNames(handoff.about, person))
      return new Problem('four-eyes', person === authority.by ? 'It is about you' : `It is about ${person}`);
    if (await approvedAnother(db, handoff, person))
      return new Problem('four-eyes', `${who} approved what another person must check here`);
  }
  return undefined;
}

const isWith = ({ claimedBy }: StoredHandoff, authority: Authority): boolean =>
  claimedBy === null || peopleOf(authority).includes(claimedBy);

/** Whoever claimed it, and may no longer answer it since, keeps nobody from it. */
export async function mustBeFree(
  db: Db,
  definitions: Definitions,
  handoff: StoredHandoff,
  authority: Authority,
): Promise<void> {
  const { claimedBy } = handoff;
  if (claimedBy === null || isWith(handoff, authority)) return;
  const holder = await authoritiesOf(db, definitions, claimedBy, await rolesOf(db, claimedBy), handoff);
  if (holder.length > 0) throw new Problem('claimed-by-other', `It is with ${claimedBy}`);
}

/** Why this person cannot be given the handoff, or undefined: only to whoever may decide it as it stands. */
export async function whyNotGiven(
  db: Db,
  definitions: Definitions,
  handoff: StoredHandoff,
  to: string,
): Promise<Sentence | undefined> {
  const all = await authoritiesOf(db, definitions, to, await rolesOf(db, to), handoff);
  if (all.length === 0) return 'is in no queue that may answer it';
  const { may } = await sorted(db, handoff, all);
  if (may.length === 0)
    return 'asked for it, or reworked it, or it is about them, or they approved what another person must check';
  const others = may.filter((one) => !peopleOf(one).some((person) => hasApproved(handoff, person)));
  if (others.length === 0) return 'has approved it already';
  for (const one of others) if (!(await beyondLimit(db, handoff, one, currentTerms(handoff)))) return undefined;
  return 'may not approve such an amount';
}

/** Of those who would approve these terms, one whose limit does not allow it. */
export async function beyondLimit(
  db: Db,
  { limitedBy }: StoredHandoff,
  authority: Authority,
  terms: unknown,
): Promise<string | undefined> {
  if (!limitedBy) return undefined;
  for (const person of peopleOf(authority))
    if (!(await isWithinLimit(db, person, authority.role, limitedBy, terms))) return person;
  return undefined;
}
