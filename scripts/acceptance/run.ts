import { setTimeout as delay } from 'node:timers/promises';
import people from '../../api/development-people.json' with { type: 'json' };
import { concludedEvent } from '../../core/declare/concluded.ts';
import { type Answer, ok, refusal, system } from './answer.ts';
import type { Baton } from './baton.ts';
import { compare, type Difference } from './compare.ts';
import { handoffsOf, look, observe, type ShownHandoff, type ShownWait } from './observe.ts';
import { anyMember, type Expectation, type Row, type SetTable } from './set.ts';

const restWithinMs = 60_000;
const endWithinMs = 30_000;
const lookEveryMs = 8;
const settledAfterMs = 200;

const administrator = 'amos';

/** Runs one row alone, from empty systems to its end; answers in what it was not as expected. */
export async function runCase(
  baton: Baton,
  table: SetTable,
  references: Record<string, unknown>,
  row: Row,
  run: string,
): Promise<Difference[]> {
  const key = `${row.case_id}-${run}`;
  const caseId = await start(baton, table, references, row, key).catch(asDifference);
  if (typeof caseId !== 'string') return [caseId];
  const differences = await compared(baton, table, references, row, key, caseId).catch((error: unknown) => [
    asDifference(error),
  ]);
  return (await end(baton, caseId)) ? differences : [...differences, neverEnded];
}

/** With its own records in systems that are otherwise empty. */
async function start(
  baton: Baton,
  table: SetTable,
  references: Record<string, unknown>,
  { event, records }: Row,
  key: string,
): Promise<string> {
  await baton.seed(table.records(records, references, event, key));
  const asOf = instant(table.asOf?.(event, references));
  const body = { ...table.request(event, key, records, references), asOf };
  const headers = { 'idempotency-key': key };
  const started = await ok(baton.call(system, 'POST', `/processes/${table.process}/cases`, { headers, body }));
  return (started.body as { caseId: string }).caseId;
}

/** A date is 09:00 UTC on it; no moment is now. */
export const instant = (moment: string | undefined): string =>
  new Date(/^\d{4}-\d\d-\d\d$/.test(moment ?? '') ? `${moment}T09:00:00Z` : (moment ?? Date.now())).toISOString();

async function compared(
  baton: Baton,
  table: SetTable,
  references: Record<string, unknown>,
  row: Row,
  key: string,
  caseId: string,
): Promise<Difference[]> {
  const expected = table.expects(row.expected, row.event, row.records, references);
  const says = row.style === 'conversation' ? (table.says?.(key) ?? {}) : {};
  const rest = await restOf(baton, table, caseId, expected.approvals, says);
  return compare(table, expected, await observe(baton, table, caseId, rest), row);
}

export const asDifference = (error: unknown): Difference => ({
  what: 'run',
  expected: 'no refusal',
  found: error instanceof Error ? error.message : String(error),
});

export const neverEnded: Difference = {
  what: 'cancellation',
  expected: 'ended',
  found: `terminated after ${endWithinMs / 1_000} s`,
};

/** Waits until it comes to rest once those have answered who do; answers `closed`, what it waits for, or what is wrong. */
export async function restOf(
  baton: Baton,
  { process, called = ({ name }) => name, asksSeveral }: Pick<SetTable, 'process' | 'called' | 'asksSeveral'>,
  caseId: string,
  approvals: Expectation['approvals'] = {},
  says: Record<string, unknown> = {},
): Promise<string | ShownWait[]> {
  const answered = new Set<string>();
  const until = Date.now() + restWithinMs;
  let seen = { waits: '', since: 0 };
  for (;;) {
    const { status, stage, outcome, result, waitingOn } = await look(baton, caseId);
    if (status === 'closed') {
      const notByItself = ['failed', 'cancelled', 'terminated'].includes(outcome ?? '');
      return notByItself ? `${outcome}: ${JSON.stringify(result)}` : 'closed';
    }
    const handoffs = waitingOn.some((wait) => wait.for === 'handoff') ? await handoffsOf(baton, caseId) : [];
    let resting = 0;
    for (const wait of waitingOn) {
      const id = wait.for === 'handoff' ? wait.id : `${wait.id} ${wait.dueAt}`;
      if (answered.has(id)) continue;
      const handoff = handoffs.find((one) => one.id === wait.id);
      const approver = handoff && approvals[called({ name: handoff.name, owner: handoff.askedOf })];
      if (handoff && approver !== undefined) {
        if (await approve(baton, approverOf(approver, handoff, handoffs), handoff)) answered.add(id);
      } else if (wait.for === 'event' && Object.hasOwn(says, wait.id)) {
        await say(baton, `${process}.${wait.id}`, caseId, says[wait.id]);
        answered.add(id);
      } else if (wait.id !== concludedEvent) resting += 1; // a case that it opened goes on by itself
    }
    const waits = waitingOn.map(({ id }) => id).join();
    if (waits !== seen.waits) seen = { waits, since: Date.now() };
    const settled = !asksSeveral || Date.now() - seen.since >= settledAfterMs;
    if (waitingOn.length > 0 && resting === waitingOn.length && settled) return waitingOn;
    if (Date.now() > until) return `not at rest within ${restWithinMs / 1_000} s: ${stage}`;
    await delay(lookEveryMs);
  }
}

/** Somebody in the queue who has decided nothing in this case yet. */
function approverOf(approver: string | typeof anyMember, { owner }: ShownHandoff, handoffs: ShownHandoff[]): string {
  if (approver !== anyMember) return approver;
  const members = people.filter(({ person, roles }) => person === owner || roles.includes(owner));
  const free = members.find(({ person }) => !handoffs.some(({ decision }) => decision?.by === person)) ?? members[0];
  if (!free) throw new Error(`Nobody of the development people is in the queue ${owner}`);
  return free.person;
}

/** False: it has moved on meanwhile, and must be looked at again. */
async function approve(baton: Baton, person: string, { id, version }: ShownHandoff): Promise<boolean> {
  const body = { verdict: 'approved', because: 'compared', version };
  const answer = await baton.call(person, 'POST', `/handoffs/${encodeURIComponent(id)}/decision`, { body });
  if (answer.status === 409) return false;
  if (answer.status >= 300) throw new Error(`${person}: ${refusal(answer)}`);
  return true;
}

/** Cancels a case that is still open and waits until it has ended, whatever that takes; answers whether it did by itself. */
export async function end(baton: Baton, caseId: string): Promise<boolean> {
  const path = `/cases/${encodeURIComponent(caseId)}`;
  if ((await look(baton, caseId)).status === 'closed') return true;
  const told = await baton.call(administrator, 'POST', `${path}/cancellation`, { body: { because: 'compared' } });
  if (told.status !== 202 && told.body.code !== 'case-closed') throw new Error(`${path}: ${refusal(told)}`);
  for (const until = Date.now() + endWithinMs; Date.now() < until; await delay(lookEveryMs))
    if ((await look(baton, caseId)).status === 'closed') return true;
  await baton.terminate(caseId);
  return false;
}

const say = (baton: Baton, type: string, id: string, data: unknown): Promise<Answer> =>
  ok(
    baton.call(system, 'POST', '/events', {
      body: { specversion: '1.0', id, source: 'customer', type, data },
      headers: { 'content-type': 'application/cloudevents+json' },
    }),
  );
