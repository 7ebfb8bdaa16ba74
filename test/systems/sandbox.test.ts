import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { database } from '../harness.ts';
import { customer, order, sandboxProcess, world, type SandboxProcess } from './sandbox-process.ts';

const refund = { orderId: 'O-1', paymentMethodId: 'gift', amount: 700, currency: 'EUR', creditNoteId: 'CN-1' };

describe('the sandbox', () => {
  let sandbox: SandboxProcess;
  let url: string;

  before(async () => {
    url = await database();
    sandbox = await sandboxProcess(url);
  });
  beforeEach(() => sandbox.send('PUT', '/_records', world()));
  after(() => sandbox.stop());

  describe('takes a write back without a trace but in its journal:', () => {
    const writes = {
      'orders.requestReturn': ['voidReturn', { orderId: 'O-1', itemIds: ['O-1-1'], paymentMethodId: 'card' }],
      'orders.cancel': ['reinstate', { orderId: 'O-2', reason: 'ordered by mistake' }],
      'ledger.postCreditNote': ['reverseCreditNote', { orderId: 'O-1', amount: 700, currency: 'EUR' }],
      'payments.refund': ['cancelRefund', refund],
    } as const;
    for (const [operation, [undo, input]] of Object.entries(writes)) {
      it(operation, async () => {
        const records = await sandbox.get('/_records');
        const done = await sandbox.write(operation, 'k', input);
        assert.equal(done.status, 200);
        assert.notDeepEqual(await sandbox.get('/_records'), records);

        const undoOperation = `${operation.split('.')[0]}.${undo}`;
        const undone = { input, result: done.body.result };
        assert.equal((await sandbox.write(undoOperation, 'k/undo', undone)).status, 200);
        assert.deepEqual(await sandbox.get('/_records'), records);

        const journal = await sandbox.get<any[]>('/_journal');
        assert.deepEqual(
          journal.map((line) => [line.operation, line.key, line.body]),
          [
            [operation, 'k', input],
            [undoOperation, 'k/undo', undone],
          ],
        );
        assert.deepEqual(journal[0].result, done.body.result);
        assert.match((await sandbox.write(undoOperation, 'k/undo-2', undone)).body.code, /-unknown$/);
      });
    }
  });

  it('moves an order on when a return is requested, and only a delivered one', async () => {
    const input = { orderId: 'O-1', itemIds: ['O-1-1'], paymentMethodId: 'card' };
    assert.ok((await sandbox.write('orders.requestReturn', 'k', input)).body.result.returnId);
    const { body } = await sandbox.read('orders.list', { orderIds: ['O-1'] });
    assert.equal(body.data[0].status, 'return requested');
    const again = await sandbox.write('orders.requestReturn', 'k2', input);
    assert.deepEqual([again.status, again.body.code], [422, 'not-delivered']);
    const cancel = await sandbox.write('orders.cancel', 'k3', { orderId: 'O-1', reason: 'no longer needed' });
    assert.deepEqual([cancel.status, cancel.body.code], [422, 'not-pending']);
  });

  it('moves the balance of a gift card, and cannot take back what was spent', async () => {
    const balance = async () => {
      const { body } = await sandbox.read('crm.identify', { email: customer.email });
      return body.data.paymentMethods[1].balance;
    };
    const { result } = (await sandbox.write('payments.refund', 'k', refund)).body;
    assert.equal(await balance(), 1_700);
    const spent = { ...customer, paymentMethods: [{ paymentMethodId: 'gift', kind: 'gift_card', balance: 100 }] };
    await sandbox.send('POST', '/_records', { crm: { customers: [spent] } });
    const undo = await sandbox.write('payments.cancelRefund', 'k/undo', { input: refund, result });
    assert.deepEqual([undo.status, undo.body.code], [422, 'balance-spent']);
  });

  it('answers the orders asked for in their order, leaving out those it does not have', async () => {
    const { body } = await sandbox.read('orders.list', { orderIds: ['O-2', 'O-9', 'O-1'] });
    assert.deepEqual(body.data, [order('O-2', 'pending'), order('O-1', 'delivered')]);
    assert.ok(Date.now() - Date.parse(body.asOf) < 10_000);
    assert.equal((await sandbox.read('orders.ofCustomer', { customerId: 'C-1' })).body.data.length, 2);
    assert.deepEqual((await sandbox.read('orders.ofCustomer', { customerId: 'C-9' })).body.data, []);
  });

  describe('applies a key once:', () => {
    const input = { orderId: 'O-2', reason: 'ordered by mistake' };
    const lines = async () => (await sandbox.get<unknown[]>('/_journal')).length;

    it('same key, same body', async () => {
      const first = await sandbox.write('orders.cancel', 'k', input);
      assert.deepEqual(await sandbox.write('orders.cancel', 'k', { reason: input.reason, orderId: 'O-2' }), first);
      assert.equal(await lines(), 1);
    });

    it('same key, ten times at once', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, () => sandbox.write('orders.cancel', 'k', input)));
      assert.equal(new Set(all.map((each) => each.body.result.cancellationId)).size, 1);
      assert.equal(await lines(), 1);
    });

    it('same key, other body or other operation', async () => {
      await sandbox.write('orders.cancel', 'k', input);
      for (const other of [
        await sandbox.write('orders.cancel', 'k', { ...input, reason: 'no longer needed' }),
        await sandbox.write('orders.cancel', 'k', { nonsense: true }),
        await sandbox.write('orders.requestReturn', 'k', {
          orderId: 'O-1',
          itemIds: ['O-1-1'],
          paymentMethodId: 'card',
        }),
      ])
        assert.deepEqual([other.status, other.body.code], [409, 'key-reused']);
      assert.equal(await lines(), 1);
    });

    it('parallel writes on one record lose nothing', async () => {
      const writes = Array.from({ length: 20 }, (_, n) =>
        sandbox.write('payments.refund', `k-${n}`, { ...refund, amount: 10 }),
      );
      assert.ok((await Promise.all(writes)).every((each) => each.status === 200));
      const { body } = await sandbox.read('crm.identify', { email: customer.email });
      assert.equal(body.data.paymentMethods[1].balance, 1_200);
    });

    it('and tells what became of it', async () => {
      const { body } = await sandbox.write('orders.cancel', 'k', input);
      assert.deepEqual(await sandbox.get('/orders/_outcome?key=k'), { state: 'applied', result: body.result });
      assert.deepEqual(await sandbox.get('/orders/_outcome?key=other'), { state: 'none' });
      assert.deepEqual(await sandbox.get('/ledger/_outcome?key=k'), { state: 'none' });
    });

    it('unless SANDBOX_DEDUPE=off', async () => {
      const forgetful = await sandboxProcess(await database(), { SANDBOX_DEDUPE: 'off' });
      try {
        const note = { orderId: 'O-1', amount: 700, currency: 'EUR' };
        const [one, two] = [
          await forgetful.write('ledger.postCreditNote', 'k', note),
          await forgetful.write('ledger.postCreditNote', 'k', note),
        ];
        assert.notEqual(one.body.result.creditNoteId, two.body.result.creditNoteId);
        assert.equal((await forgetful.get<unknown[]>('/_journal')).length, 2);
        assert.equal((await fetch(`${forgetful.url}/ledger/_outcome?key=k`)).status, 501);
      } finally {
        await forgetful.stop();
      }
    });
  });

  describe('identifies a customer', () => {
    const twin = { ...customer, customerId: 'C-2', email: 'other@mail.example' };
    const identify = async (by: unknown) => (await sandbox.read('crm.identify', by)).body.data?.customerId ?? null;
    const name = { firstName: 'LENA', lastName: 'sundqvist', postalCode: '11220' };

    it('by e-mail, showing neither name nor address', async () => {
      const { body } = await sandbox.read('crm.identify', { email: 'LENA@mail.example' });
      assert.deepEqual(body.data, { customerId: 'C-1', paymentMethods: customer.paymentMethods });
    });
    it('by first name, last name and postal code together', async () => {
      assert.equal(await identify(name), 'C-1');
      assert.equal(await identify({ firstName: 'Lena', lastName: 'Sundqvist' }), null);
      assert.equal(await identify({}), null);
    });
    it('never when claims disagree, are blank or unheard of', async () => {
      assert.equal(await identify({ email: customer.email, postalCode: '00000' }), null);
      assert.equal(await identify({ ...name, email: 'somebody@mail.example' }), null);
      assert.equal(await identify({ ...name, postalCode: '11220 ' }), null);
      assert.equal(await identify({ ...name, email: '' }), null);
      assert.equal((await sandbox.read('crm.identify', { ...name, emial: 'x' })).status, 400);
    });
    it('never when two records match', async () => {
      await sandbox.send('POST', '/_records', { crm: { customers: [twin] } });
      assert.equal(await identify(name), null);
      assert.equal(await identify({ ...name, email: 'other@mail.example' }), 'C-2');
      await sandbox.send('POST', '/_records', { crm: { customers: [{ ...twin, email: customer.email }] } });
      assert.equal(await identify({ email: customer.email }), null);
    });
  });

  it('keeps every request it received', async () => {
    await sandbox.write('orders.cancel', 'k', { orderId: 'O-9', reason: 'x' });
    await fetch(`${sandbox.url}/orders/cancel`, { method: 'POST', body: '{', headers: { 'idempotency-key': 'bad' } });
    await sandbox.read('orders.list', { orderIds: [] });
    const requests = await sandbox.get<any[]>('/_requests');
    assert.deepEqual(
      requests.map(({ method, path, key, body }) => [method, path.split('?')[0], key, body]),
      [
        ['POST', '/orders/cancel', 'k', { orderId: 'O-9', reason: 'x' }],
        ['POST', '/orders/cancel', 'bad', null],
        ['GET', '/orders/list', null, null],
      ],
    );
    assert.equal((await sandbox.get<any[]>(`/_requests?after=${requests[1].seq}`)).length, 1);
  });

  it('refuses what it cannot read with a clear 4xx, and applies nothing', async () => {
    const bodies = [
      '{',
      '[]',
      '"x"',
      '',
      '{"orderId":"O-2"}',
      '{"orderId":"O-2","reason":"\\u0000"}',
      '{"orderId":"O-2","reason":"\\ud800"}',
    ];
    for (const body of [...bodies, '{"orderId":"O-2","reason":"x","more":"\\u0000"}', `"${'x'.repeat(2e6)}"`]) {
      const headers = { 'idempotency-key': 'k' };
      const { status } = await fetch(`${sandbox.url}/orders/cancel`, { method: 'POST', headers, body });
      assert.ok(status === 400 || status === 413, `${status} for ${body.slice(0, 60)}`);
    }
    assert.equal((await fetch(`${sandbox.url}/orders/cancel`, { method: 'POST', body: '{}' })).status, 400);
    assert.equal((await fetch(`${sandbox.url}/orders/constructor?by={}`)).status, 404);
    assert.equal((await fetch(`${sandbox.url}/orders/list?by={`)).status, 400);
    assert.equal(
      (
        await fetch(`${sandbox.url}/_records`, {
          method: 'PUT',
          body: '{"orders":{"orders":[{}]}}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
      400,
    );
    assert.deepEqual(await sandbox.get('/_journal'), []);
    assert.equal((await sandbox.get<unknown[]>('/_requests')).length, bodies.length + 5);
    assert.deepEqual(await sandbox.get('/_records'), world());
  });

  it('empties and replaces its records with journal, requests and keys', async () => {
    await sandbox.write('orders.cancel', 'k', { orderId: 'O-2', reason: 'x' });
    await sandbox.send('PUT', '/_records', { orders: { orders: [order('O-7', 'pending')] } });
    assert.deepEqual(await sandbox.get('/_records'), { orders: { orders: [order('O-7', 'pending')] } });
    assert.deepEqual(await sandbox.get('/_journal'), []);
    assert.deepEqual(await sandbox.get('/_requests'), []);
    assert.equal((await sandbox.write('orders.cancel', 'k', { orderId: 'O-7', reason: 'x' })).status, 200);
    await sandbox.send('DELETE', '/_records');
    assert.deepEqual(await sandbox.get('/_records'), {});
  });
});

describe('a sandbox process', () => {
  it('starts with samples, and keeps what it has over a restart', async () => {
    const url = await database();
    const first = await sandboxProcess(url);
    const { crm, orders } = await first.get('/_records');
    assert.ok(crm.customers.length >= 8);
    for (const status of ['delivered', 'pending', 'processed', 'cancelled'])
      assert.ok(
        orders.orders.some((each: any) => each.status === status),
        status,
      );
    const total = (each: any) => each.items.reduce((sum: number, item: any) => sum + item.price, 0);
    assert.ok(orders.orders.some((each: any) => each.status === 'delivered' && total(each) > 50_000));
    await first.write('orders.cancel', 'k', { orderId: 'O-2002', reason: 'x' });
    assert.equal(await first.stop('SIGTERM'), 0);

    const second = await sandboxProcess(url);
    assert.equal((await second.get<unknown[]>('/_journal')).length, 1);
    assert.equal((await second.get<unknown[]>('/_requests')).length, 1);
    assert.equal(await second.stop('SIGINT'), 0);
  });

  it('gives samples to a system that came later, and none to one that was emptied', async () => {
    const url = await database();
    const first = await sandboxProcess(url);
    const { crm } = await first.get('/_records');
    await first.send('PUT', '/_records', { orders: { orders: [order('O-9', 'pending')] } });
    await first.stop();
    const client = new pg.Client({ connectionString: url });
    await client.connect();

    const second = await sandboxProcess(url);
    assert.deepEqual(Object.keys(await second.get('/_records')), ['orders']);
    await second.stop();
    await client.query("delete from sandbox.seeded where system = 'crm'");
    await client.end();

    const third = await sandboxProcess(url);
    const records = await third.get('/_records');
    assert.deepEqual([records.crm, records.orders.orders.length], [crm, 1]);
    await third.stop();
  });

  it('outlives its database connections', async () => {
    const url = await database();
    const sandbox = await sandboxProcess(url);
    await sandbox.send('PUT', '/_records', world());
    const admin = new pg.Client(url);
    await admin.connect();
    const writes = Array.from({ length: 40 }, (_, n) =>
      sandbox.write('payments.refund', `k-${n}`, { ...refund, amount: 1 }),
    );
    const sever = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await admin.query(sever);
    assert.ok((await Promise.all(writes)).every(({ status }) => status === 200 || status === 500));
    await admin.query(sever);
    await admin.end();
    await wait(50);
    for (let n = 0; n < 40; n++)
      assert.equal((await sandbox.write('payments.refund', `k-${n}`, { ...refund, amount: 1 })).status, 200);
    const { body } = await sandbox.read('crm.identify', { email: customer.email });
    assert.equal(body.data.paymentMethods[1].balance, 1_040);
    assert.equal(await sandbox.stop(), 0);
  });

  it('does not run in production', async () => {
    await assert.rejects(sandboxProcess(await database(), { NODE_ENV: 'production' }), /ended with 1/);
  });
});
