import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createSystems,
  SystemBusy,
  SystemRefused,
  SystemUnavailable,
  SystemUnderWay,
  type Systems,
} from '../../systems/client.ts';
import { type Changes, conditionsWith } from '../../systems/conditions.ts';

const inTime = { timeoutMs: 5_000 };
type Failure = Error & Partial<Pick<SystemUnavailable, 'mayHaveApplied' | 'retryAfterMs'>>;

describe('what a system answers to a write', () => {
  const servers: Server[] = [];
  /** A system that answers everything in one way; which paths it was asked is kept. */
  async function answering(status: number, body = '{}', headers: OutgoingHttpHeaders = {}, changes: Changes = {}) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.writeHead(status, headers).end(body));
    });
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const systems = createSystems({ baseUrl: `http://127.0.0.1:${port}`, conditions: conditionsWith(changes) });
    return { systems, asked };
  }
  const failureOf = (systems: Systems): Promise<Failure> =>
    systems.write('payments.refund', 'k', {}, inTime).then(
      () => assert.fail('it was written'),
      (error) => error as Failure,
    );
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  it('is applied with a result', async () => {
    const { systems } = await answering(201, '{"result":{"refundId":"R"}}');
    assert.deepEqual(await systems.write('payments.refund', 'k', {}, inTime), { refundId: 'R' });
  });

  it('is refused, also by 409 where nobody is asked to come back', async () => {
    for (const status of [400, 403, 404, 409, 410, 422])
      assert.ok((await failureOf((await answering(status)).systems)) instanceof SystemRefused, String(status));
  });

  it('is under way: 425, and 409 that says when to come back; neither says that it was not applied', async () => {
    for (const [status, headers] of [
      [425, {}],
      [409, { 'retry-after': '2' }],
    ] as const) {
      const error = await failureOf((await answering(status, '{}', headers)).systems);
      assert.ok(error instanceof SystemUnderWay);
      assert.equal(error.mayHaveApplied, true);
      assert.equal(error.retryAfterMs, status === 409 ? 2_000 : undefined);
    }
  });

  it('is unavailable, surely without effect: 429 and 503, which may say when to come back', async () => {
    for (const status of [429, 503]) {
      const error = await failureOf((await answering(status, '{}', { 'retry-after': '7' })).systems);
      assert.deepEqual([error.mayHaveApplied, error.retryAfterMs], [false, 7_000]);
    }
  });

  it('is unknown: any other failure of its own, and what cannot be read', async () => {
    for (const [status, body] of [
      [408, '{}'],
      [500, '{}'],
      [502, '{}'],
      [504, '{}'],
      [200, '<html>'],
      [200, '{}'],
    ] as const) {
      const error = await failureOf((await answering(status, body)).systems);
      assert.ok(error instanceof SystemUnavailable && !(error instanceof SystemUnderWay), `${status} ${body}`);
      assert.equal(error.mayHaveApplied, true, `${status} ${body}`);
    }
  });

  it('may name a moment, or ask for an hour: no more than a minute is waited', async () => {
    const waitFor = async (text: string) =>
      (await failureOf((await answering(503, '{}', { 'retry-after': text })).systems)).retryAfterMs;
    const soon = (await waitFor(new Date(Date.now() + 20_000).toUTCString()))!;
    assert.ok(soon > 10_000 && soon <= 20_000, String(soon));
    assert.equal(await waitFor(new Date(0).toUTCString()), 0);
    assert.equal(await waitFor('3600'), 60_000);
    assert.equal(await waitFor('soon'), undefined);
  });

  it('is not heard after the end that was set for the attempt: what is late is not sent', async () => {
    const { systems, asked } = await answering(200, '{"result":1}');
    const late = systems.write('payments.refund', 'k', {}, { ...inTime, endBy: performance.now() - 1 });
    await assert.rejects(late, (error) => error instanceof SystemUnavailable && !error.mayHaveApplied);
    assert.deepEqual(asked, []);
  });

  describe('and on which conditions it is asked:', () => {
    it('no more often in a second than agreed; what is more is not sent', async () => {
      const { systems, asked } = await answering(200, '{"result":1}', {}, { systems: { payments: { perSecond: 3 } } });
      const write = () => systems.write('payments.refund', 'k', {}, inTime);
      await Promise.all([write(), write(), write()]);
      await assert.rejects(
        write(),
        (error) => error instanceof SystemBusy && !error.mayHaveApplied && error.retryAfterMs! > 0,
      );
      assert.ok(await systems.write('ledger.postCreditNote', 'k', {}, inTime));
      assert.equal(asked.length, 4);
    });

    it('for no longer than its time-out', async () => {
      const server = createServer(() => undefined);
      servers.push(server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const conditions = conditionsWith({ systems: { payments: { timeoutMs: 50 } } });
      const error = await failureOf(createSystems({ baseUrl, conditions }));
      assert.match(error.message, /no answer within \d\d ms/);
    });

    it('what became of a key, and to fence one, only where it can', async () => {
      const changes = { systems: { letters: { keepsKeys: false }, payments: { fences: true } } };
      const { systems, asked } = await answering(200, '{"state":"fenced"}', {}, changes);
      assert.deepEqual(await systems.outcomeOf('letters.send', 'k', {}, inTime), { state: 'unknown' });
      assert.deepEqual(await systems.fence('letters.send', 'k', inTime), { state: 'unknown' });
      assert.deepEqual(asked, []);
      assert.deepEqual(await systems.fence('payments.refund', 'k', inTime), { state: 'fenced' });
      assert.deepEqual(asked, ['POST /payments/_fence']);
      const { systems: without } = await answering(404);
      assert.deepEqual(await without.fence('payments.refund', 'k', inTime), { state: 'unknown' });
    });
  });
});
