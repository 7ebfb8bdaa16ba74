import assert from 'node:assert/strict';
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { findHandoff } from '../../store/handoffs.ts';
import * as definitions from '../../workflows/definitions.ts';
import type { Sample } from '../../workflows/sample.ts';
import type { World } from '../api/world.ts';
import { until, type World as Whole } from '../world.ts';

/** Workers, systems and model, and the API over the same store. */
export interface Worlds {
  whole: Whole;
  here: World;
}

/** Asks for a sample's case, in the world that the sample describes. Answers the case's id. */
export async function begin({ whole, here }: Worlds, process: string, { request, asOf, given = [] }: Sample) {
  for (const one of [given].flat()) {
    if ('refuses' in one) await whole.fault({ operation: one.refuses, mode: 'refuse', times: 1 });
    else await whole.misbehave({ mode: one.model, times: 1, ...(one.for ? { for: one.for } : {}) });
  }
  const definition = definitions[process as 'refund'];
  const caseId = caseIdOf(definition, definition.request.parse(request));
  const headers = { 'idempotency-key': caseId };
  const body = { ...request, ...(asOf ? { asOf } : {}) };
  const got = await here.call('POST', `/processes/${process}/cases`, { as: 'storefront', body, headers });
  assert.equal(got.status, 202, got.text);
  return caseId;
}

/** The handoffs of a case that wait, once there are some. */
export async function waiting({ whole }: Worlds, caseId: string): Promise<StoredHandoff[]> {
  const open = `select id from handoffs where case_id = $1 and state = 'open' order by id`;
  const ids = await until(async () => {
    const { rows } = await whole.pool.query<{ id: string }>(open, [caseId]);
    return rows.length > 0 && rows;
  }, `${caseId} waits for somebody`);
  return Promise.all(ids.map(async ({ id }) => (await findHandoff(whole.pool, id))!));
}
