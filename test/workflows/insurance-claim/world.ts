import people from '../../../api/development-people.json' with { type: 'json' };
import type { ProcessDefinition } from '../../../core/declare/definition.ts';
import { findHandoff, type StoredHandoff } from '../../../store/handoffs.ts';
import { setRoles } from '../../../store/members.ts';
import { definition } from '../../../workflows/insurance-claim/definition.ts';
import { world as apiWorld } from '../../api/world.ts';
import { temporal } from '../../harness.ts';
import { createWorld, until } from '../../world.ts';

export type ClaimsWorld = Awaited<ReturnType<typeof claimsWorld>>;

/** A whole Baton with its API, in which people answer insurance claims. */
export async function claimsWorld(more: Partial<ProcessDefinition> = {}) {
  const definitions: Record<string, ProcessDefinition> = { 'insurance-claim': { ...definition, ...more } };
  const whole = await createWorld({ definitions });
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress, definitions });
  for (const { person, roles } of people) await setRoles(pool, person, roles);
  const reported: string[] = [];
  let events = 0;

  return {
    ...whole,
    /** The ids of the cases of this world. */
    reported,

    async report(notice: { claimId: string }): Promise<string> {
      const headers = { 'idempotency-key': notice.claimId };
      const sent = { as: 'storefront', body: notice, headers };
      const got = await api.call('POST', '/processes/insurance-claim/cases', sent);
      if (got.status !== 202) throw new Error(got.text);
      reported.push(got.body.caseId);
      return got.body.caseId as string;
    },

    questions: whole.asked,

    /** The handoff `assess-1`, once it is open. */
    asked: (caseId: string, name: string): Promise<StoredHandoff> =>
      until(async () => {
        const handoff = await findHandoff(pool, `${caseId}/${name}`);
        return handoff?.state === 'open' && handoff;
      }, `${name} of ${caseId} is asked`),

    /** Approves, rejects or returns it once it is open; answers the status and a problem's code. */
    async answer(caseId: string, name: string, as: string, said: Record<string, unknown> = {}): Promise<string> {
      const { id, version } = await this.asked(caseId, name);
      const { verdict = 'approved', ...rest } = said;
      const [route, body] =
        verdict === 'returned'
          ? ['return', { ...rest, version }]
          : ['decision', { verdict, because: 'looked into', ...rest, version }];
      const got = await api.call('POST', `/handoffs/${encodeURIComponent(id)}/${route}`, { as, body });
      return got.status === 200 ? 'taken' : `${got.status} ${got.body.code}`;
    },

    /** What the claimant sends, however they were asked. */
    async send(claimId: string, data: object): Promise<void> {
      events += 1;
      const body = { specversion: '1.0', id: `${claimId}-${events}`, source: '/claimant' };
      const event = { ...body, type: 'insurance-claim.information', data: { claimId, documents: [], ...data } };
      const headers = { 'content-type': 'application/cloudevents+json' };
      const got = await api.call('POST', '/events', { as: 'storefront', body: event, headers });
      if (got.status !== 202) throw new Error(got.text);
    },

    waitsForInformation: (caseId: string) =>
      until(async () => (await whole.find(caseId))?.waitingOn.find((wait) => wait.for === 'event'), `${caseId} waits`),

    closed: (caseId: string) =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? { ...found, result: found.result as any } : undefined;
      }, `${caseId} is closed`),

    /** Operations in the order in which they were applied. */
    written: async (caseId: string) =>
      (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation),

    /** Which rules have decided, in turn. */
    rules: async (caseId: string, policy: string) =>
      (await whole.record(caseId))
        .filter(({ type, actor }) => type === 'policy.ruled' && actor.startsWith(`policy:${policy}@`))
        .map(({ body }) => (body as { rule: string }).rule),

    async close() {
      await api.close();
      await whole.close();
    },
  };
}
