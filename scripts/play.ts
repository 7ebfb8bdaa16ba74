import type { Pool } from 'pg';
import type { Sample } from '../workflows/refund/samples.ts';

export interface Stage {
  apiUrl: string;
  sandboxUrl: string | undefined;
  modelUrl: string | undefined;
  pool: Pool;
  /** Sends a case the hint that something about a handoff has changed. */
  hint(caseId: string, handoffId: string): Promise<void>;
  say(line: string): void;
}

interface Case {
  caseId: string;
  status: 'open' | 'closed';
  outcome: string | null;
  result: unknown;
  waitingOn: { for: string; id: string; owner?: string }[];
}

/** Plays samples through the API, as people would, and tells what the record says. One that was played before is only told. */
export async function play(stage: Stage, process: string, samples: readonly Sample[]): Promise<void> {
  for (const sample of samples) {
    stage.say('');
    stage.say(sample.tells);
    const caseId = await begin(stage, process, sample);
    await goOn(stage, caseId, sample);
    await tell(stage, caseId);
  }
}

async function begin(stage: Stage, process: string, { request, given }: Sample): Promise<string> {
  const caseId = `${process}/${request.requestId}`;
  if (await get(stage, 'ada', `/cases/${encodeURIComponent(caseId)}`).catch(() => undefined)) return caseId;
  if (given && 'model' in given && stage.modelUrl) {
    await post(new URL('/_behaviour', stage.modelUrl).href, { mode: given.model, times: 1 });
  }
  if (given && 'refuses' in given && stage.sandboxUrl) {
    await post(`${stage.sandboxUrl}/_faults`, { operation: given.refuses, mode: 'refuse', times: 1 });
  }
  await call(stage, 'storefront', 'POST', `/processes/${process}/cases`, request, request.requestId);
  return caseId;
}

async function goOn(stage: Stage, caseId: string, { then }: Sample): Promise<void> {
  const path = `/cases/${encodeURIComponent(caseId)}`;
  for (let tries = 0; tries < 600; tries++) {
    const seen = (await get(stage, 'ada', path).catch(() => undefined)) as Case | undefined;
    if (seen?.status === 'closed') return;
    const handoff = seen?.waitingOn.find((waiting) => waiting.for === 'handoff');
    if (handoff && then && 'decides' in then) {
      const { decides, verdict, because = '' } = then;
      const url = `/handoffs/${encodeURIComponent(handoff.id)}`;
      const { version } = (await get(stage, decides, url)) as { version: number };
      await call(stage, decides, 'POST', `${url}/decision`, { verdict, because, version });
    } else if (handoff && then) {
      // A demonstration cannot wait for days: it moves the contract's moments into the past, and the case goes by them.
      await stage.pool.query(
        `update handoffs set at_risk_at = now() - interval '3 s', escalates_at = now() - interval '2 s', expires_at = now()
         where id = $1`,
        [handoff.id],
      );
      await stage.hint(caseId, handoff.id);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${caseId} did not end`);
}

/** The record in a few words a line. */
async function tell(stage: Stage, caseId: string): Promise<void> {
  const text = (await get(stage, 'ada', `/cases/${encodeURIComponent(caseId)}/record`)) as string;
  for (const line of text.trim().split('\n')) {
    const { at, type, key, actor, body } = JSON.parse(line) as Record<'at' | 'type' | 'key' | 'actor', string> & {
      body: unknown;
    };
    stage.say(
      `    ${at.slice(11, 19)}  ${type.padEnd(22)} ${wordsFor(actor, key, (body ?? {}) as Record<string, any>)}`,
    );
  }
}

function wordsFor(actor: string, key: string, body: Record<string, any>): string {
  const name = key.split('/').at(-1);
  if (body['outcome']) return `${body['outcome']} ${JSON.stringify(body['result'])}`;
  if (body['rule']) return `${body['verdict']}, by the rule ${body['rule']}`;
  if (body['operation']) return `${body['operation']} ${JSON.stringify(body['input'])}`;
  if (body['confidence'] !== undefined)
    return `${actor}: ${body['answer']?.summary ?? ''} (sure to ${body['confidence']})`;
  if (body['verdict']) return `${actor}: ${body['verdict']} ${body['because'] ?? ''}`;
  if (body['read']) return (body['read'] as { reads: string }[]).map(({ reads }) => reads).join(', ');
  if (body['to']) return `from ${body['from']} to ${body['to']}`;
  if (body['owner']) return `asks ${body['owner']}`;
  if (body['result']) return `${name} ${JSON.stringify(body['result'])}`;
  return body['because'] ? `${name}: ${body['because']}` : actor;
}

const get = (stage: Stage, person: string, path: string) => call(stage, person, 'GET', path);

async function call(
  stage: Stage,
  person: string,
  method: string,
  path: string,
  body?: object,
  key?: string,
): Promise<unknown> {
  const token = await (await fetch(`${stage.apiUrl}/dev/identity/tokens/${person}`)).text();
  const response = await fetch(stage.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${token.trim()}`,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}
