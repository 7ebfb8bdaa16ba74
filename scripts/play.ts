import people from '../api/development-people.json' with { type: 'json' };
import { supervision } from '../core/declare/autonomy.ts';
import { caseIdOf } from '../core/declare/case-id.ts';
import { concludedEvent } from '../core/declare/concluded.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import type { Line } from '../store/record.ts';
import type { Sample, Then } from '../workflows/sample.ts';
import { decidedSignal, receivedSignal } from '../core/run/messages.ts';
import * as definitions from '../workflows/definitions.ts';
import * as samples from '../workflows/samples.ts';
import { firstDay } from '../workflows/first-day.ts';
import { appointLeads } from './leads.ts';
import { call, get, post, type Stage } from './stage.ts';
import { told } from './tell.ts';

interface Wait {
  for: string;
  /** A handoff's id, or an event's name. */
  id: string;
  owner?: string;
  dueAt: string;
}

interface Handoff {
  id: string;
  name: string;
  owner: string;
  version: number;
  decision: { by: string } | null;
}

const restsWithinMs = 60_000;

/** Plays the samples of every process. What was played at an earlier start is told again only on demand, and else counted. */
export async function playAll(stage: Stage, { tellAgain }: { tellAgain: boolean }): Promise<void> {
  const declared: Record<string, ProcessDefinition> = definitions;
  let before = 0;
  const all = [...Object.entries(samples), ...Object.entries(firstDay)];
  for (const [name, played] of all) before += await play(stage, declared[name]!, played, tellAgain);
  if (before === 0 && !stage.over()) await appointLeads(stage);
  if (before > 0 && !stage.over())
    stage.say(`\n${before} sample cases are there from before. npm start -- --samples tells them again.`);
}

/** Plays a process's samples through the API, as people would, and tells what the record says. Answers how many it passed over. */
export async function play(
  stage: Stage,
  definition: ProcessDefinition,
  samples: readonly Sample[],
  tellAgain: boolean,
): Promise<number> {
  const { name } = definition;
  let [passedOver, shown] = [0, 0];
  for (const sample of samples) {
    if (stage.over()) break;
    const caseId = caseIdOf(definition, definition.request.parse(sample.request));
    const before = await isThere(stage, caseId);
    if (before && !tellAgain) {
      passedOver += 1;
      continue;
    }
    if (shown++ === 0) stage.say(`\n── ${name} ${'─'.repeat(Math.max(3, 96 - name.length))}`);
    stage.say(`\n${sample.title}  (${caseId})`);
    if (!before) {
      await begin(stage, name, caseId, sample);
      await goOn(stage, name, caseId, sample);
    }
    await tell(stage, caseId);
  }
  return passedOver;
}

async function tell(stage: Stage, caseId: string): Promise<void> {
  const record = (await get(stage, `/cases/${encodeURIComponent(caseId)}/record`)) as string;
  for (const line of record.split('\n').filter((text) => text !== '')) {
    const { at, ...entry } = JSON.parse(line) as Line;
    const words = told(entry);
    if (words) stage.say(`    ${at.slice(11, 19)}  ${words}`);
  }
}

/** Notifies a case that something about a handoff, or about an event it waits for, has changed. */
function notify({ client }: Stage, caseId: string, about: 'handoff' | 'event', key: string): Promise<void> {
  const handle = client.workflow.getHandle(caseId);
  return about === 'handoff'
    ? handle.signal(decidedSignal, { handoffId: key, verdict: 'late', by: 'the clock' })
    : handle.signal(receivedSignal, { awaitedId: key, id: '', type: 'late' });
}

const isThere = (stage: Stage, caseId: string): Promise<boolean> =>
  get(stage, `/cases/${encodeURIComponent(caseId)}`).then(
    () => true,
    () => false,
  );

async function begin(
  stage: Stage,
  process: string,
  caseId: string,
  { request, asOf, requestedBy, given = [] }: Sample,
) {
  for (const one of [given].flat()) {
    if ('refuses' in one && stage.sandboxUrl) {
      const { refuses: operation, ...more } = one;
      await post(`${stage.sandboxUrl}/_faults`, { operation, mode: 'refuse', times: 1, ...more });
    }
    if ('model' in one && stage.modelUrl) {
      const { model: mode, ...more } = one;
      await post(new URL('/_behaviour', stage.modelUrl).href, { mode, times: 1, ...more });
    }
  }
  const body = { ...request, ...(asOf ? { asOf } : {}), ...(requestedBy ? { requestedBy } : {}) };
  await call(stage, 'storefront', 'POST', `/processes/${process}/cases`, body, { 'idempotency-key': caseId });
}

/** Until it ends, or waits for what nobody does in this sample. */
async function goOn(stage: Stage, process: string, caseId: string, { then = [] }: Sample): Promise<void> {
  const left = [then].flat();
  const answered = new Set<string>();
  for (const until = Date.now() + restsWithinMs; Date.now() < until;) {
    const { status, waitingOn } = (await get(stage, `/cases/${encodeURIComponent(caseId)}`)) as {
      status: string;
      waitingOn: Wait[];
    };
    if (status === 'closed') return;
    const open = waitingOn.filter((wait) => !answered.has(keyOf(wait)) && !isElsewhere(wait));
    const [next] = left;
    if (!next && open.some((wait) => wait.id !== concludedEvent)) return; // a case that it opened goes on by itself
    const handoffs = open.some((wait) => wait.for === 'handoff') ? await handoffsOf(stage, caseId) : [];
    const wait = next && open.find((one) => fits(next, one, handoffs));
    if (next && wait) {
      if (!('asks' in next)) answered.add(keyOf(wait)); // it still waits
      left.shift();
      await does(stage, process, caseId, next, wait, handoffs);
    } else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!stage.over()) stage.say(`    It did not come to rest within ${restsWithinMs / 1_000} s.`);
}

/** A supervisor's turn, or a switch: no sample is about them. */
const isElsewhere = ({ for: what, id }: Wait) => what === 'switch' || id.includes(`/${supervision}:`);

const keyOf = ({ id, dueAt, ...wait }: Wait) => (wait.for === 'handoff' ? id : `${id} ${dueAt}`);

function fits(then: Then, wait: Wait, handoffs: Handoff[]): boolean {
  const isHandoff = wait.for === 'handoff';
  const name = isHandoff ? handoffs.find(({ id }) => id === wait.id)?.name : wait.id;
  if (then.of !== undefined && then.of !== name) return false;
  return 'passes' in then || ('comes' in then ? then.comes === name : isHandoff);
}

async function does(
  stage: Stage,
  process: string,
  caseId: string,
  then: Then,
  wait: Wait,
  handoffs: Handoff[],
): Promise<void> {
  if ('decides' in then)
    await decide(
      stage,
      then,
      handoffs.find(({ id }) => id === wait.id)!,
      handoffs,
    );
  else if ('asks' in then) await ask(stage, then, wait.id);
  else if ('comes' in then) await send(stage, `${process}.${then.comes}`, caseId, then.data);
  else await pass(stage, caseId, wait, then.passes);
}

async function decide(
  stage: Stage,
  { decides: verdict, by, amend, because = 'It is in order.' }: Extract<Then, { decides: string }>,
  { id, owner }: Handoff,
  handoffs: Handoff[],
): Promise<void> {
  const members = people.filter(({ person, roles }) => person === owner || roles.includes(owner));
  const free = members.find(({ person }) => !handoffs.some(({ decision }) => decision?.by === person));
  const person = by ?? (free ?? members[0])?.person;
  if (!person) throw new Error(`Nobody of the development people is in the queue ${owner}`);
  const path = `/handoffs/${encodeURIComponent(id)}`;
  const { version } = (await call(stage, person, 'GET', path)) as Handoff;
  if (verdict === 'returned') await call(stage, person, 'POST', `${path}/return`, { because, version });
  else
    await call(stage, person, 'POST', `${path}/decision`, { verdict, because, version, ...(amend ? { amend } : {}) });
}

const ask = (stage: Stage, { asks: to, by, question }: Extract<Then, { asks: string }>, id: string) =>
  call(stage, by, 'POST', `/handoffs/${encodeURIComponent(id)}/questions`, { to, question });

const send = (stage: Stage, type: string, caseId: string, data: Record<string, unknown>) =>
  call(
    stage,
    'storefront',
    'POST',
    '/events',
    { specversion: '1.0', id: `${caseId}-${Date.now()}`, source: 'samples', type, data },
    { 'content-type': 'application/cloudevents+json' },
  );

/** A demonstration cannot wait for days: it moves what is due into the past, and the case goes by that. */
async function pass(stage: Stage, caseId: string, { for: what, id }: Wait, time: string): Promise<void> {
  if (what === 'handoff') {
    const expires = time === 'all the time' ? ', expires_at = now()' : '';
    await stage.pool.query(
      `update handoffs set at_risk_at = now() - interval '3 s', escalates_at = now() - interval '2 s' ${expires} where id = $1`,
      [id],
    );
    await notify(stage, caseId, 'handoff', id);
    return;
  }
  const { rows } = await stage.pool.query<{ key: string }>(
    `update awaited set until = now() where case_id = $1 and name = $2 and event_id is null and not over returning key`,
    [caseId, id],
  );
  for (const { key } of rows) await notify(stage, caseId, 'event', key);
}

const handoffsOf = async (stage: Stage, caseId: string): Promise<Handoff[]> =>
  ((await get(stage, `/handoffs?case=${encodeURIComponent(caseId)}&limit=200`)) as { handoffs: Handoff[] }).handoffs;
