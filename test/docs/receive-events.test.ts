import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import type * as _receiveEvents from '../../docs/examples/receive-events.ts';
import { newSecret } from '../../outbound/webhook-signature.ts';
import { freePort } from '../../environment/free-port.ts';
import { outboundWorld, type OutboundWorld } from '../outbound/world.ts';
import { until } from '../world.ts';

describe('the example of a receiver', function () {
  this.timeout(60_000);
  let world: OutboundWorld;
  let child: ChildProcess;
  before(async () => void (world = await outboundWorld()));
  after(async () => {
    child?.kill();
    await world?.close();
  });

  it('prints what it is told, once, and takes nothing that is signed by another', async () => {
    const [port, secret] = [await freePort(), newSecret()];
    const program = fileURLToPath(new URL('../../docs/examples/receive-events.ts', import.meta.url));
    const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret };
    child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
    await until(async () => lines.length === 1, 'it listens');

    const { id } = await world.subscribes(`http://127.0.0.1:${port}/`, { secret });
    const caseId = await world.opens();
    await world.happens(caseId);
    await world.handsOut();
    world.starts();
    await world.settled(id);
    await until(async () => lines.length === 3, 'it prints both');
    assert.match(lines[1]!, new RegExp(`^${caseId} 0000000001 baton\\.case\\.opened \\{"process":"refund"\\}$`));

    const post = async (by: string) => {
      const [messageId, now] = [`msg_${randomUUID()}`, new Date()];
      const body = JSON.stringify({ type: 'baton.case.opened', subject: caseId, sequence: '0000000001', data: {} });
      const headers = {
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': new Webhook(by).sign(messageId, now, body),
      };
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    };
    assert.deepEqual([await post(secret), await post(newSecret())], [204, 401]);
    assert.equal(lines.length, 3);
  });
});
