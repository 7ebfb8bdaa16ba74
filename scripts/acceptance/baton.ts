import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';
import people from '../../api/development-people.json' with { type: 'json' };
import { serve } from '../../api/serve.ts';
import { connectTemporal } from '../../temporal/client.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codec, dataDir, fetchParts, stopParts, temporal } from '../../test/harness.ts';
import { createWorld, type Effect } from '../../test/world.ts';
import type { Answer, Sent } from './answer.ts';

/** Baton on an empty store, its API over HTTP, and the systems it works with. */
export interface Baton {
  /** A call of the API in the name of one of the development people, or of somebody whom the data knows. */
  call(person: string, method: string, path: string, sent?: Sent): Promise<Answer>;
  /** Empties the systems, their journal and what earlier cases count in sums, and puts these records in. */
  seed(records: unknown): Promise<unknown>;
  journal(): Promise<Effect[]>;
  /** Ends what does not end by itself. */
  terminate(caseId: string): Promise<void>;
  /** Nothing of it is left afterwards. */
  close(): Promise<void>;
}

export const startBaton = (): Promise<Baton> =>
  start().catch(async (error: unknown) => {
    await stopParts();
    throw error;
  });

async function start(): Promise<Baton> {
  await fetchParts();
  const { address, namespace, client, nativeConnection } = await temporal();
  const world = await createWorld();
  const { pool, taskQueue } = world;
  const connected = connectTemporal({
    ...{ address, namespace, dataConverter: dataConverter(codec), shared: nativeConnection },
  });
  const uiUrl = 'http://127.0.0.1:8233';
  const api = await serve({ pool, temporal: connected, codec, taskQueue, dataDir, port: 0, uiUrl });

  const tokens = new Map<string, string>();
  const tokenOf = async (person: string): Promise<string> => {
    const token =
      tokens.get(person) ??
      (isDevelopmentPerson(person)
        ? await textOf(await fetch(`${api.url}/dev/identity/tokens/${person}`))
        : await employeeToken(person, `${api.url}/dev/identity`));
    tokens.set(person, token);
    return token;
  };

  return {
    async call(person, method, path, { body, text: raw, headers } = {}) {
      const response = await fetch(`${api.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(person)}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: isJson && text ? JSON.parse(text) : text };
    },
    seed: world.seed,
    journal: world.journal,
    terminate: async (caseId) => void (await client.workflow.getHandle(caseId).terminate('it does not end')),
    async close() {
      await api.close();
      await world.close();
      if (process.env['TEMPORAL_ADDRESS']) await forget();
      await stopParts();
    },
  };

  /** A server that is not ours keeps nothing of the run. */
  async function forget(): Promise<void> {
    for await (const { workflowId } of client.workflow.list({ query: `TaskQueue = '${taskQueue}'` }))
      await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
  }
}

const isDevelopmentPerson = (person: string) => people.some((one) => one.person === person);

/** Of somebody whom only the data knows, signed as the development identity provider signs: they are in no role. */
async function employeeToken(person: string, issuer: string): Promise<string> {
  const jwk = JSON.parse(await readFile(path.join(dataDir, 'development-identity.json'), 'utf8')) as JWK;
  const signed = new SignJWT({ roles: [] }).setProtectedHeader({ alg: 'ES256', kid: jwk.kid! }).setSubject(person);
  return signed
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime('8h')
    .sign(await importJWK(jwk, 'ES256'));
}

async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
  return text;
}
