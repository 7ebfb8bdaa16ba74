import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { database } from '../harness.ts';
import { customer, order, sandboxProcess } from './sandbox-process.ts';

const count = 150;
const ids = Array.from({ length: count }, (_, n) => `O-${n}`);
const writes = ids.flatMap((orderId) => [
  { operation: 'orders.cancel', key: `${orderId}/cancel`, input: { orderId, reason: 'x' } },
  {
    operation: 'payments.refund',
    key: `${orderId}/refund`,
    input: { orderId, paymentMethodId: 'gift', amount: 10, currency: 'EUR', creditNoteId: 'CN' },
  },
]);

describe('a sandbox killed while it writes', () => {
  it('holds exactly the effects of its journal, and a retry under the keys completes them', async function () {
    this.timeout(120_000);
    const url = await database();
    let sandbox = await sandboxProcess(url);
    await sandbox.send('PUT', '/_records', {
      crm: { customers: [customer] },
      orders: { orders: ids.map((id) => order(id, 'pending')) },
    });

    const results = new Map<string, unknown>();
    let killedHalfway = 0;
    for (const patience of [120, 60, 90, undefined]) {
      const target = sandbox;
      const attempts = writes.map(async ({ operation, key, input }) => {
        const { status, body } = await target.write(operation, key, input);
        assert.equal(status, 200, JSON.stringify(body));
        assert.deepEqual(body.result, results.get(key) ?? body.result);
        results.set(key, body.result);
      });
      const settled = Promise.allSettled(attempts);
      if (patience !== undefined) {
        await wait(patience);
        await target.stop('SIGKILL');
      }
      const lost = (await settled).filter((each) => each.status === 'rejected');
      for (const { reason } of lost) assert.ok(reason instanceof TypeError, String(reason)); // the connection, never an answer
      if (patience === undefined) assert.equal(lost.length, 0);
      else sandbox = await sandboxProcess(url);
      await settledWrites(sandbox);

      const journal = await sandbox.get<any[]>('/_journal');
      if (journal.length > 0 && journal.length < writes.length) killedHalfway++;
      const keys = journal.map((line) => line.key);
      assert.equal(new Set(keys).size, keys.length);
      for (const key of results.keys()) assert.ok(keys.includes(key), `${key} was answered, so it is kept`);
      for (const { operation, key } of writes) {
        const { state } = await sandbox.get(`/${operation.split('.')[0]}/_outcome?key=${encodeURIComponent(key)}`);
        assert.equal(state, keys.includes(key) ? 'applied' : 'none');
      }
      const records = await sandbox.get('/_records');
      const done = (operation: string) => journal.filter((line) => line.operation === operation);
      const cancelled = records.orders.orders.filter((each: any) => each.status === 'cancelled');
      assert.deepEqual(
        new Set(cancelled.map((each: any) => each.orderId)),
        new Set(done('orders.cancel').map((line) => line.body.orderId)),
      );
      assert.equal(records.crm.customers[0].paymentMethods[1].balance, 1_000 + 10 * done('payments.refund').length);
      assert.equal(records.payments?.refunds.length ?? 0, done('payments.refund').length);
    }
    assert.ok(killedHalfway > 0, 'no kill came in the middle');
    assert.equal((await sandbox.get<unknown[]>('/_journal')).length, writes.length);
    await sandbox.stop();
  });
});

/** What the killed process had sent to the database may still commit: its journal is quiet once two looks agree. */
async function settledWrites(sandbox: { get<T>(path: string): Promise<T> }): Promise<void> {
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    await wait(100);
    now = (await sandbox.get<unknown[]>('/_journal')).length;
  }
}
