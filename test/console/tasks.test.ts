import assert from 'node:assert/strict';
import { taskOf } from '../../activities/task-of.ts';
import { type TaskKind, taskKinds } from '../../core/declare/tasks.ts';
import type { StoredAction } from '../../store/actions.ts';
import { findHandoff } from '../../store/handoffs.ts';
import { transaction } from '../../store/pool.ts';
import { type NewTask, openTask } from '../../store/tasks.ts';
import * as declared from '../../workflows/definitions.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

const payment = {
  orderId: '#W1',
  ...{ paymentMethodId: 'card-1', amount: 60_000, currency: 'EUR', creditNoteId: 'CN-1' },
};
const target = { process: 'refund', measure: 'straight-through', bound: 'at-least', value: 0.5, overDays: 7, of: {} };

/** What a task is about that is about no write. */
const details: Partial<Record<TaskKind, Record<string, unknown>>> = {
  'too-long': {},
  'calendar-ended': { calendar: { name: 'berlin', version: 3, endsOn: '2026-12-31' } },
  'target-missed': {
    target,
    figures: [{ of: {}, value: 0.25 }],
    cases: '/scorecard/cases?measure=straight-through&process=refund',
  },
  'sampled-review': { outcome: 'refunded' },
  reconciliation: { operation: 'payments.refund', ours: null, theirs: { applied: true, at: '2026-11-01T09:00:00Z' } },
};

function taskFor(kind: TaskKind, caseId: string): NewTask {
  const key = `${caseId}/payCustomer:payout-1-1`;
  const whose = { owner: 'support-leads', escalateTo: 'customer-support' };
  const detail = details[kind];
  if (detail) return { caseId, key, kind, ...whose, because: 'Somebody must look', detail };
  const action = { caseId, key, process: 'refund', action: 'payCustomer', operation: 'payments.refund' };
  const stored = { ...action, line: 'payout-1', state: 'intended', input: payment, result: null } as StoredAction;
  const more = kind === 'key-reused' ? { asked: { ...payment, amount: 1 } } : {};
  return { ...taskOf({ ...declared }, stored, kind, 'The answer was lost', more), ...whose };
}

describe('A task of each kind, in the console', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here?.close());

  for (const [n, kind] of (Object.keys(taskKinds) as TaskKind[]).entries())
    it(`is understood and finished: ${kind}`, async () => {
      const { caseId } = await waitingCase(here.pool, kind);
      const task = taskFor(kind, caseId);
      await transaction(here.pool, (db) => openTask(db, task));
      const id = `${task.key}/${kind}`;
      const looks = n % 2 === 0 ? {} : ({ language: 'de', colours: 'dark', width: 390 } as const);
      const visited = await visit(browser(), here.api.url, 'leo', `/handoffs/${at(id)}`, looks);
      const { page } = visited;
      await page.getByRole('radio').first().check();
      const said = await page.getByRole('main').innerText();
      assert.doesNotMatch(said, /\b(intended|at-least|straight-through|overDays|endsOn)\b|\/scorecard\//, said);
      await page.locator('form textarea:not([aria-hidden])').fill('Looked into it.');
      await assertSound(visited, kind);
      await page.locator('form button[type=submit]').click();
      await page.getByRole('status').filter({ hasText: 'Looked into it.' }).waitFor();
      const { completion } = (await findHandoff(here.pool, id))!;
      assert.deepEqual([completion!.found, completion!.by], [taskKinds[kind].found[0], 'leo']);
      await visited.close();
    });
});
