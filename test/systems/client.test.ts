import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSystems, SystemBusy, SystemRefused, SystemUnavailable, type Systems } from '../../systems/client.ts';
import { conditionsWith } from '../../systems/conditions.ts';
import { database } from '../harness.ts';
import { sandboxProcess, world, type SandboxProcess } from './sandbox-process.ts';

const inTime = { timeoutMs: 5_000 };
const cancel = { orderId: 'O-2', reason: 'ordered by mistake' };
const unavailable = (mayHaveApplied: boolean) => (error: unknown) =>
  error instanceof SystemUnavailable && error.mayHaveApplied === mayHaveApplied;
const refused = (code: string) => (error: unknown) => error instanceof SystemRefused && error.code === code;

describe('the connectors', () => {
  let sandbox: SandboxProcess;
  let systems: Systems;
  const fault = (operation: string, mode: string, more: object = {}) =>
    sandbox.send('POST', '/_faults', { operation, mode, ...more });

  before(async () => {
    sandbox = await sandboxProcess(await database());
    systems = createSystems({ baseUrl: sandbox.url });
  });
  beforeEach(async () => {
    await sandbox.send('DELETE', '/_faults');
    await sandbox.send('PUT', '/_records', world());
  });
  after(() => sandbox.stop());

  it('read with the moment the fact was true; null is an answer', async () => {
    const { asOf, data } = await systems.read('orders.list', { orderIds: ['O-1'] }, inTime);
    assert.equal((data as any[])[0].orderId, 'O-1');
    assert.ok(Date.now() - Date.parse(asOf) < 10_000);
    assert.equal((await systems.read('crm.identify', { email: 'nobody@mail.example' }, inTime)).data, null);
  });

  it('write once by key, whatever characters the key has', async () => {
    for (const key of ['refund/O-2/cancel-1', ' ümlaut 100% 🛒 ']) {
      await sandbox.send('PUT', '/_records', world());
      const first = await systems.write('orders.cancel', key, cancel, inTime);
      assert.deepEqual(await systems.write('orders.cancel', key, cancel, inTime), first);
      assert.deepEqual(await systems.outcomeOf('orders.cancel', key, {}, inTime), { state: 'applied', result: first });
      assert.deepEqual(await systems.outcomeOf('orders.cancel', key.trim() + '!', {}, inTime), { state: 'none' });
      assert.equal((await sandbox.get<unknown[]>('/_journal')).length, 1);
    }
    assert.equal((await sandbox.get<any[]>('/_journal'))[0].key, '%20%C3%BCmlaut%20100%25%20%F0%9F%9B%92%20');
  });

  it('pass on a refusal with its code', async () => {
    const unknown = systems.write('orders.cancel', 'k', { orderId: 'O-9', reason: 'x' }, inTime);
    await assert.rejects(unknown, refused('order-unknown'));
    await systems.write('orders.cancel', 'k', cancel, inTime);
    await assert.rejects(
      systems.write('orders.cancel', 'k', { ...cancel, reason: 'y' }, inTime),
      refused('key-reused'),
    );
    await assert.rejects(systems.read('orders.nothing', {}, inTime), refused('operation-unknown'));
  });

  it('tell a write that was not taken from one that may have been', async () => {
    await fault('orders.cancel', 'unavailable', { times: 1 });
    await assert.rejects(systems.write('orders.cancel', 'k', cancel, inTime), unavailable(false));
    await fault('orders.cancel', 'hang', { times: 1 });
    await assert.rejects(systems.write('orders.cancel', 'k', cancel, { timeoutMs: 100 }), unavailable(true));
    await fault('orders.cancel', 'lose-reply', { times: 1 });
    await assert.rejects(systems.write('orders.cancel', 'k', cancel, inTime), unavailable(true));
    assert.equal((await systems.outcomeOf('orders.cancel', 'k', {}, inTime)).state, 'applied');
    await fault('orders.list', 'hang', { times: 1 });
    await assert.rejects(systems.read('orders.list', { orderIds: [] }, { timeoutMs: 100 }), unavailable(false));
    const nobody = createSystems({ baseUrl: 'http://127.0.0.1:1' });
    await assert.rejects(nobody.write('orders.cancel', 'k', cancel, inTime), unavailable(false));
  });

  it('stop when told to, with the reason given', async () => {
    await fault('orders.cancel', 'hang');
    const stop = new AbortController();
    const call = systems.write('orders.cancel', 'k', cancel, { ...inTime, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('cancelled')), 50);
    await assert.rejects(call, /^Error: cancelled$/);
    await assert.rejects(systems.write('orders.cancel', 'k', cancel, { ...inTime, signal: stop.signal }), /cancelled/);
  });

  it('let no more calls into one system than agreed, and others pass', async () => {
    await fault('orders.cancel', 'hang');
    const few = createSystems({ baseUrl: sandbox.url, conditions: conditionsWith({ defaults: { atOnce: 3 } }) });
    const hanging = [1, 2, 3].map((n) => few.write('orders.cancel', `k-${n}`, cancel, { timeoutMs: 400 }));
    const settled = Promise.allSettled(hanging);
    await assert.rejects(
      few.write('orders.cancel', 'k-4', cancel, inTime),
      (error) => error instanceof SystemBusy && unavailable(false)(error),
    );
    assert.equal((await few.read('crm.identify', { email: 'lena@mail.example' }, inTime)).data !== null, true);
    await settled;
    await sandbox.send('DELETE', '/_faults');
    assert.ok(await few.write('orders.cancel', 'k-5', cancel, inTime));
  });

  it('say that nobody knows when the system keeps no keys', async () => {
    const forgetful = await sandboxProcess(await database(), { SANDBOX_DEDUPE: 'off' });
    try {
      const asked = createSystems({ baseUrl: forgetful.url });
      assert.deepEqual(await asked.outcomeOf('orders.cancel', 'k', {}, inTime), { state: 'unknown' });
    } finally {
      await forgetful.stop();
    }
  });

  describe('hold a system to its wire:', () => {
    const servers: Server[] = [];
    const answering = async (listener: RequestListener) => {
      const server = createServer((request, response) => request.resume().on('end', () => listener(request, response)));
      servers.push(server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return createSystems({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/` });
    };
    const fixed = (status: number, body: string) =>
      answering((_, response) => void response.writeHead(status).end(body));
    afterEach(() => {
      for (const server of servers.splice(0)) server.close().closeAllConnections();
    });

    it('an answer over 256 KiB', async () => {
      const huge = await fixed(200, JSON.stringify({ asOf: new Date(), data: 'x'.repeat(300_000) }));
      await assert.rejects(huge.read('orders.list', {}, inTime), refused('too-large'));
      await assert.rejects(huge.write('orders.cancel', 'k', {}, inTime), unavailable(true));
    });

    it('an answer that is not JSON, or not what was agreed', async () => {
      const page = await fixed(200, '<html>');
      await assert.rejects(page.read('orders.list', {}, inTime), unavailable(false));
      await assert.rejects(page.write('orders.cancel', 'k', {}, inTime), unavailable(true));
      const other = await fixed(200, '{"data":[]}');
      await assert.rejects(other.read('orders.list', {}, inTime), refused('answer-invalid'));
      await assert.rejects(other.write('orders.cancel', 'k', {}, inTime), unavailable(true));
    });

    const statuses = { 408: true, 429: false, 500: true, 501: true, 502: true, 503: false, 504: true };
    for (const [status, mayHaveApplied] of Object.entries(statuses))
      it(`${status} may be tried again${mayHaveApplied ? ', and may have applied' : ''}`, async () => {
        const down = await fixed(Number(status), 'no');
        await assert.rejects(down.write('orders.cancel', 'k', {}, inTime), unavailable(mayHaveApplied));
        await assert.rejects(down.read('orders.list', {}, inTime), unavailable(false));
      });

    it('a refusal without a code, and a redirect, which is not followed', async () => {
      await assert.rejects((await fixed(403, 'no')).write('orders.cancel', 'k', {}, inTime), refused('http-403'));
      await assert.rejects((await fixed(302, '')).read('orders.list', {}, inTime), refused('http-302'));
    });

    it('an answer that breaks off', async () => {
      const broken = await answering((_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"result":');
        setTimeout(() => response.destroy(), 20);
      });
      await assert.rejects(broken.write('orders.cancel', 'k', {}, inTime), unavailable(true));
    });

    it('a base URL with a path', async () => {
      let path: string | undefined;
      const spy = await answering((request, response) => {
        path = request.url;
        response.end('{"result":{}}');
      });
      await spy.write('orders.cancel', 'k', {}, inTime);
      assert.equal(path, '/base/orders/cancel');
    });
  });
});
