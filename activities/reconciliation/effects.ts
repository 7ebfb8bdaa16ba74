import { processOfId } from '../../core/declare/case-id.ts';
import type { Part, Reconciling } from '../../core/run/reconciliation.ts';
import * as store from '../../store/reconciliation.ts';
import type { Effect } from '../../systems/client.ts';
import { callOptions } from '../attempt.ts';
import { differenceTask, type Parts } from './differences.ts';

const pageSize = 500;
/** How long one call goes on, in milliseconds: shorter than its activity may take. */
export const callMs = 20_000;

/** Keeps what a system lists under our keys, page by page. */
export const readEffects =
  ({ pool, systems, timing, definitions }: Parts): Reconciling['readEffects'] =>
  async ({ system }) => {
    for (const end = Date.now() + callMs; Date.now() < end;) {
      const after = await store.cursorOf(pool, system);
      const page = await systems.effects(system, after, pageSize, callOptions(timing));
      if (page === null) return { listed: false, more: false };
      const ours = page.effects.filter((effect) => isOurs(effect, Object.keys(definitions)));
      await store.keepEffects(pool, system, after, ours, page.next);
      if (page.effects.length === 0 || page.next === after) return { listed: true, more: false };
    }
    return { listed: true, more: true };
  };

/** `<process>/<business key>/<name>-<n>`, with `/undo` behind it for what takes it back. */
const isOurs = ({ key }: Effect, processes: readonly string[]): boolean =>
  /^[^/]+\/[^/]+\/.+-\d+(\/undo)?$/.test(key) && processes.includes(processOfId(key));

/** Every effect has its intent before it: one that has none is a difference, or a stray where there is no such case either. */
export const reconcileEffects =
  (parts: Parts): Reconciling['reconcileEffects'] =>
  async ({ window: { since } }): Promise<Part<true>> => {
    const found = await store.neverIntended(parts.pool, new Date(since), pageSize);
    let differences = 0;
    for (const { key, operation, at, caseId, known } of found) {
      const because = known
        ? 'The system applied it; by our record it was never intended'
        : 'The system applied it; the store knows no such case';
      const difference = { key, caseId, because, detail: { operation, ours: null, theirs: { applied: true, at } } };
      const process = processOfId(caseId);
      const task = known ? differenceTask(parts, difference, { process, operation }) : undefined;
      if (await store.noteDifference(parts.pool, difference, task)) differences += 1;
    }
    const twice = await store.doubled(parts.pool, new Date(since), pageSize);
    for (const write of twice) if (await noteDoubled(parts, write)) differences += 1;
    return { differences, next: found.length < pageSize && twice.length < pageSize ? null : true };
  };

function noteDoubled(parts: Parts, write: Awaited<ReturnType<typeof store.doubled>>[number]): Promise<boolean> {
  const { key, times, caseId, operation, input } = write;
  const because = `The system applied it ${times} times under one key`;
  const detail = { operation, ours: { times: 1 }, theirs: { applied: true, times }, input };
  const difference = { key: `${key}/doubled`, caseId, because, detail };
  return store.noteDifference(parts.pool, difference, differenceTask(parts, difference, write));
}
