import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { importJWK, type JWK, SignJWT } from 'jose';
import { usualTiming } from '../../activities/dependencies.ts';
import { createActivities } from '../../activities/index.ts';
import { createModel } from '../../models/client.ts';
import { registerCase } from '../../store/cases.ts';
import { findHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { setRoles } from '../../store/members.ts';
import { createSystems } from '../../systems/client.ts';
import { seedTables } from '../../workers/prepare.ts';
import { world as apiWorld } from '../api/world.ts';
import { createWorld } from '../world.ts';
import { records } from '../workflows/refund-request.ts';
import { spend, travel } from './spend.ts';

/** A refusal is what these tests are about, not news. */
const quiet = new DefaultLogger('ERROR');

/** Who is in which queue at the start. */
export const team: Record<string, string[]> = {
  ...{ anna: ['buyers'], ben: ['buyers'], cara: ['buyers'], dan: ['directors'] },
  ...{ fred: ['finance'], gina: ['finance'], tom: ['travel-desk'], ann: ['system'] },
};

export const newId = () => `S-${randomUUID().slice(0, 8)}`;

/** Every token says that much: what counts of it is the store's to say. */
const claimed = ['buyers', 'directors', 'finance', 'travel-desk'];

type Got = Awaited<ReturnType<Awaited<ReturnType<typeof apiWorld>>['call']>>;
export type AuthorityWorld = Awaited<ReturnType<typeof authorityWorld>>;

/** The API over HTTP and the activities as workflows call them, on one store and the sandbox; no engine. */
export async function authorityWorld() {
  const definitions = { spend, travel };
  const whole = await createWorld({ definitions, idle: true });
  const { pool } = whole;
  await seedTables(pool, definitions);
  await whole.seed(records);
  const api = await apiWorld({ pool, definitions });
  const activities = createActivities({
    ...{ pool, definitions, timing: usualTiming },
    systems: createSystems({ baseUrl: whole.systems.url }),
    model: createModel({ baseUrl: whole.model.url, apiKey: 'test' }),
  });
  const jwk = JSON.parse(await readFile(path.join(api.dataDir, 'development-identity.json'), 'utf8')) as JWK;
  const key = await importJWK(jwk, 'ES256');
  const tokens = new Map<string, Promise<string>>();
  const sign = (person: string) =>
    new SignJWT({ roles: claimed })
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid!, typ: 'at+jwt' })
      .setSubject(person)
      .setIssuer(`${api.api.url}/dev/identity`)
      .setAudience('baton')
      .setIssuedAt()
      .setExpirationTime('8h')
      .sign(key);
  const tokenOf = (person: string): Promise<string> => {
    const token = tokens.get(person) ?? sign(person);
    tokens.set(person, token);
    return token;
  };

  const run = async (activityType: string, step: object): Promise<any> => {
    const { caseId: workflowId } = step as { caseId: string };
    const of = { workflowExecution: { workflowId, runId: 'run' }, workflowType: 'spend', activityType };
    return new MockActivityEnvironment({ isLocal: true, ...of }, { logger: quiet }).run(
      activities[activityType]! as (step: object) => Promise<unknown>,
      step,
    );
  };

  const call = async (method: string, url: string, as: string, body?: unknown): Promise<Got> =>
    as === 'amos' || as === 'ada'
      ? api.call(method, url, { as, body })
      : api.call(method, url, { token: await tokenOf(as), body });
  const said = ({ status, body }: Got): string => (status < 400 ? String(status) : `${status} ${body.code}`);
  const at = encodeURIComponent;

  return {
    ...whole,
    api,
    call,
    said,
    people: (roles: Record<string, string[]> = team) =>
      Promise.all(Object.entries(roles).map(([person, theirs]) => setRoles(pool, person, theirs))),
    deactivate: (person: string, active = false) =>
      pool.query('update people set active = $2 where person = $1', [person, active]),
    handoff: (id: string) => findHandoff(pool, id),
    post: (id: string, what: string, as: string, body: unknown = {}) =>
      call('POST', `/handoffs/${at(id)}/${what}`, as, body),
    /** How a decision is answered: the status, and the problem's code. */
    async decide(id: string, as: string, more: object = {}): Promise<string> {
      const version = (await findHandoff(pool, id))!.version;
      return said(await this.post(id, 'decision', as, { verdict: 'approved', version, ...more }));
    },
    /** From an hour ago to in an hour, unless said otherwise; answers its id. */
    async delegates(as: string, whom: string, more: object = {}): Promise<string> {
      const hour = 3_600_000;
      const [from, to] = [-hour, hour].map((ms) => new Date(Date.now() + ms).toISOString());
      const got = await call('POST', '/delegations', as, { from, to, whom, ...more });
      if (got.status !== 201) throw new Error(got.text);
      return got.body.id as string;
    },
    async limits(person: string, ...limits: { amount: number; currency: string; queue?: string }[]): Promise<void> {
      const body = { limits: limits.map((limit) => ({ queue: 'buyers', ...limit })) };
      const got = await call('PUT', `/people/${person}/limits`, 'amos', body);
      if (got.status !== 200) throw new Error(got.text);
    },

    /** A case with its terms, what may be asked in it, and the write on what was approved. */
    async open({ amount = 500, currency = 'EUR', requester = 'rita', about = '', id = newId() } = {}) {
      const caseId = `spend/${id}`;
      const request = { id, ...(about ? { about } : {}) };
      const common = { caseId, process: 'spend', businessKey: id, request, requester, about: about ? [about] : [] };
      await registerCase(pool, { ...common, runId: 'run' });
      const terms = { id, orderId: 'O-1', amount, currency };
      const step = (name: string, stepKey = `${name}-1`) => ({
        ...{ caseId, process: 'spend', name, key: `${caseId}/${stepKey}` },
      });
      await run('checkPolicy band', { ...step('band'), lines: [{ amount }], terms });
      let n = 1;
      return {
        caseId,
        terms,
        async ask(name: 'review' | 'check' | 'board' = 'review'): Promise<string> {
          const asked = step(name, `${name}-${randomUUID().slice(0, 4)}`);
          await run(`openHandoff ${name}`, { ...asked, packet: { why: 'it is large' }, terms });
          return asked.key;
        },
        /** Given to somebody by name. */
        async askByName(person: string): Promise<string> {
          const key = `${caseId}/named-1`;
          const later = new Date(Date.now() + 1e7);
          await openHandoff(pool, {
            ...{ id: key, caseId, process: 'spend', name: 'review', owner: person, person, escalateTo: 'directors' },
            ...{ termsName: 'spend', terms, packet: {}, mayAmend: [], limitedBy: spend.handoffs.review.limitedBy },
            ...{ atRiskAt: later, escalatesAt: later, expiresAt: later },
          });
          return key;
        },
        async ruleAgain(changed: number): Promise<void> {
          const again = { lines: [{ amount: changed }], terms: { ...terms, amount: changed } };
          await run('checkPolicy band', { ...step('band', `band-${++n}`), ...again });
        },
        /** What becomes of the write: `done`, or why it is refused. */
        writes: (approval: string, changed = amount): Promise<string> =>
          run('performAction credit', {
            ...{ ...step('credit'), approval, input: { orderId: 'O-1', amount: changed, currency } },
          }).then(
            () => 'done',
            (error: ApplicationFailure) => `${error.type}: ${error.message}`,
          ),
      };
    },
    bodies: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),
    written: async (caseId: string) =>
      (await whole.journal()).filter(({ key: effect }) => effect.startsWith(`${caseId}/`)).length,

    async close() {
      await api.close();
      await whole.close();
    },
  };
}
