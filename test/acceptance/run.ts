import { setTimeout as delay } from 'node:timers/promises';
import type { Line } from '../../store/record.ts';
import type { Answer, Baton } from './baton.ts';
import { compare, type Difference } from './compare.ts';
import type { Expectation, Observed, Row, SetTable } from './set.ts';

const restWithinMs = 60_000;
const endWithinMs = 30_000;
const lookEveryMs = 8;

/** Starts cases, and sends what customers say. */
const system = 'storefront';
const auditor = 'ada';
const administrator = 'amos';

interface ShownCase {
  status: 'open' | 'closed';
  stage: string;
  outcome: string | null;
  result: unknown;
  waitingOn: { for: 'handoff' | 'event'; id: string; dueAt: string }[];
}

interface ShownHandoff {
  id: string;
  name: string;
  version: number;
  decision: { terms: unknown } | null;
}

/** Runs one row alone, from empty systems to its end; answers in what it was not as expected. */
export async function runCase(baton: Baton, table: SetTable, row: Row, run: string): Promise<Difference[]> {
  const key = `${row.case_id}-${run}`;
  const caseId = await start(baton, table, row, key).catch(asDifference);
  if (typeof caseId !== 'string') return [caseId];
  const differences = await compared(baton, table, row, key, caseId).catch((error: unknown) => [asDifference(error)]);
  return (await end(baton, caseId)) ? differences : [...differences, neverEnded];
}

/** With its own records in systems that are otherwise empty. */
async function start(baton: Baton, table: SetTable, { event, records }: Row, key: string): Promise<string> {
  await baton.seed(table.records(records));
  const body = { ...table.request(event, key), asOf: new Date().toISOString() };
  const headers = { 'idempotency-key': key };
  const started = await ok(baton.call(system, 'POST', `/processes/${table.process}/cases`, { headers, body }));
  return (started.body as { caseId: string }).caseId;
}

async function compared(baton: Baton, table: SetTable, row: Row, key: string, caseId: string): Promise<Difference[]> {
  const expected = table.expects(row.expected);
  const says = row.style === 'conversation' ? table.says(key) : {};
  const rest = await restOf(baton, table, caseId, expected.approvals, says);
  return compare(table, expected, await observe(baton, caseId, rest));
}

const asDifference = (error: unknown): Difference => ({
  what: 'run',
  expected: 'no refusal',
  found: error instanceof Error ? error.message : String(error),
});

const neverEnded: Difference = {
  what: 'cancellation',
  expected: 'ended',
  found: `terminated after ${endWithinMs / 1_000} s`,
};

/** Where it comes to rest once those have answered who do: closed, or waiting for somebody or something else. */
async function restOf(
  baton: Baton,
  { process }: SetTable,
  caseId: string,
  approvals: Expectation['approvals'],
  says: Record<string, unknown>,
): Promise<string> {
  const answered = new Set<string>();
  const until = Date.now() + restWithinMs;
  for (;;) {
    const { status, stage, outcome, result, waitingOn } = await look(baton, caseId);
    if (status === 'closed') {
      return outcome === 'failed' || outcome === 'cancelled' ? `${outcome}: ${JSON.stringify(result)}` : 'closed';
    }
    const rests: string[] = [];
    for (const wait of waitingOn) {
      const id = `${wait.id} ${wait.dueAt}`;
      if (answered.has(id)) continue;
      const handoff = wait.for === 'handoff' ? await handoffOf(baton, wait.id) : undefined;
      const name = handoff?.name ?? wait.id;
      const approver = handoff ? approvals[name] : undefined;
      if (handoff && approver !== undefined) await approve(baton, approver, handoff);
      else if (!handoff && Object.hasOwn(says, name)) await say(baton, `${process}.${name}`, caseId, says[name]);
      else {
        rests.push(name);
        continue;
      }
      answered.add(id);
    }
    if (waitingOn.length > 0 && rests.length === waitingOn.length) return `waiting for ${rests.sort().join(', ')}`;
    if (Date.now() > until) return `not at rest within ${restWithinMs / 1_000} s: ${stage}`;
    await delay(lookEveryMs);
  }
}

async function observe(baton: Baton, caseId: string, rest: string): Promise<Observed> {
  const [lines, handoffs, journal] = await Promise.all([
    ok(baton.call(auditor, 'GET', `/cases/${at(caseId)}/record`)).then(linesOf),
    ok(baton.call(auditor, 'GET', `/handoffs?case=${at(caseId)}&limit=200`)).then(
      ({ body }) => new Map((body.handoffs as ShownHandoff[]).map((handoff) => [handoff.id, handoff])),
    ),
    baton.journal(),
  ]);
  const ours = journal.filter(({ key }) => key.startsWith(`${caseId}/`));
  const keys = new Set(ours.map(({ key }) => key));
  const writes = ours.filter(({ key }) => !key.endsWith('/undo') && !keys.has(`${key}/undo`));

  const first = lines.find(({ type }) => type === 'action.intended');
  const approval = (first?.body as { approval: string } | undefined)?.approval.split(' + ')[0];
  const ruling = lines.find(({ type, key }) => type === 'policy.ruled' && key === approval);
  const approved = ruling ? (ruling.body as { terms: unknown }).terms : handoffs.get(approval ?? '')?.decision?.terms;

  const asked = lines.flatMap(({ type, key, seq }) => {
    if (type.startsWith('work.')) return [type];
    if (type !== 'handoff.opened') return [];
    const name = handoffs.get(key)?.name ?? key;
    return [first && seq > first.seq ? `${name}, after a write` : name];
  });
  return { rest, asked, writes, approved: approved as Observed['approved'] };
}

/** Cancels a case that is still open and waits until it has ended, whatever that takes; answers whether it did by itself. */
async function end(baton: Baton, caseId: string): Promise<boolean> {
  const path = `/cases/${at(caseId)}`;
  if ((await look(baton, caseId)).status === 'closed') return true;
  const told = await baton.call(administrator, 'POST', `${path}/cancellation`, { body: { because: 'compared' } });
  if (told.status !== 202 && told.body.code !== 'case-closed') throw new Error(`${path}: ${refusal(told)}`);
  for (const until = Date.now() + endWithinMs; Date.now() < until; await delay(lookEveryMs))
    if ((await look(baton, caseId)).status === 'closed') return true;
  await baton.terminate(caseId);
  return false;
}

const look = async (baton: Baton, caseId: string): Promise<ShownCase> =>
  (await ok(baton.call(auditor, 'GET', `/cases/${at(caseId)}`))).body as ShownCase;

const handoffOf = async (baton: Baton, id: string): Promise<ShownHandoff> =>
  (await ok(baton.call(auditor, 'GET', `/handoffs/${at(id)}`))).body as ShownHandoff;

const approve = (baton: Baton, person: string, { id, version }: ShownHandoff) =>
  ok(baton.call(person, 'POST', `/handoffs/${at(id)}/decision`, { body: { verdict: 'approved', version } }));

const say = (baton: Baton, type: string, id: string, data: unknown) =>
  ok(
    baton.call(system, 'POST', '/events', {
      body: { specversion: '1.0', id, source: 'customer', type, data },
      headers: { 'content-type': 'application/cloudevents+json' },
    }),
  );

const at = encodeURIComponent;

const linesOf = ({ body }: Answer): Line[] =>
  String(body)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

async function ok(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  if (answer.status >= 300) throw new Error(refusal(answer));
  return answer;
}

const refusal = ({ status, body }: Answer): string =>
  [status, body?.code ?? body, body?.errors ? JSON.stringify(body.errors) : ''].join(' ').trim();
