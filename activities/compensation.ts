import type { Activities } from '../core/run/activities.ts';
import * as actions from '../store/actions.ts';
import { closeWrites } from '../store/cases.ts';
import { transaction } from '../store/pool.ts';
import { recall, remember } from '../store/steps.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { attempt } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, triedFor } from './failures.ts';
import { settleWithWork } from './perform-action.ts';

/** Planned from the store: a write can stand although its answer never came, and the workflow never heard of it. */
export const planCompensation =
  ({ pool }: Dependencies): Activities['planCompensation'] =>
  ({ caseId, because }) =>
    transaction(pool, async (db) => {
      const stopped = await closeWrites(db, caseId, because);
      if (!stopped || stopped.closedAt) return [];
      return (await actions.standing(db, caseId)).map(({ key, action }) => ({ key, action }));
    });

/** Which write it is, is settled by the first try: a second one must not go on to the write before. */
export const compensateNewest =
  (deps: Dependencies): Activities['compensateNewest'] =>
  async ({ caseId, process, name, key, of = '', because }) => {
    const { pool } = deps;
    const input = { name, of };
    let chosen = await recall<{ key: string | null }>(pool, key, input);
    if (!chosen) {
      const standing = await actions.standing(pool, caseId);
      const newest = standing.find(({ action, line }) => action === name && line === of);
      const entry = { caseId, type: 'action.compensating', key, actor: 'baton' };
      const result = { key: newest?.key ?? null };
      chosen = await remember(pool, input, result, { ...entry, body: { ...result, because } });
    }
    if (chosen.key !== null) await compensateAction(deps)({ key: chosen.key, action: name, caseId, process, because });
  };

export const compensateAction =
  (deps: Dependencies): Activities['compensateAction'] =>
  async ({ process, action: name, key, because }) => {
    const { pool, timing, systems } = deps;
    const now = attempt(timing);
    let action = await actions.lease(pool, key, now.leaseMs);
    if (!action)
      throw later(
        'busy',
        'The write is still under way: it is compensated once its answer is known',
        timing.localCallMs,
      );
    if (action.state !== 'intended' && action.state !== 'done') return;

    const declaration = declared(definitionOf(deps, process).actions, name, 'action');
    const stuck = (why: string) =>
      settleWithWork(deps, action!, 'stuck', why, 'undo-failed', { compensatedBecause: because });
    try {
      if (action.state === 'intended') {
        if (!action.sent) return await actions.settle(pool, action, 'compensated', { because: 'it was never applied' });
        const outcome = await systems.outcomeOf(action.operation, key, action.input, now.options);
        if (outcome.state === 'none')
          return await actions.settle(pool, action, 'compensated', { because: 'it was never applied' });
        if (outcome.state === 'unknown') return await stuck('nobody can tell whether it was applied');
        await actions.settle(pool, action, 'done', { result: outcome.result });
        action = { ...action, state: 'done', result: outcome.result };
      }
      if (declaration.compensatedBy === undefined) {
        return await actions.settle(pool, action, 'kept', { because: declaration.irreversible });
      }
      const { input, result } = action;
      const taken = await systems.write(declaration.compensatedBy, `${key}/undo`, { input, result }, now.options);
      await actions.settle(pool, action, 'compensated', { because, result: taken });
    } catch (error) {
      if (error instanceof SystemRefused) return stuck(`${error.code}: ${error.message}`);
      if (!(error instanceof SystemUnavailable)) throw error;
      if (triedFor() > timing.retryCompensationForMs) return stuck('the system was down for too long');
      await actions.release(pool, key, undefined);
      throw error;
    }
  };
