import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { startService } from '../../scripts/embedded/service.ts';

const entry = 'test/scripts/fixtures/waits.ts';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a program started beside this one', () => {
  it('is interrupted when it is told to stop', async () => {
    const service = await startService({ entry });
    assert.equal(service.url, `pid:${service.pid}`);
    assert.equal(await service.stop(), 7);
    assert.ok(!alive(service.pid));
  });

  it('is itself killed, not only what watches over it', async () => {
    const service = await startService({ entry });
    assert.equal(await service.kill(), 137);
    assert.ok(!alive(service.pid));
    assert.equal(await service.kill(), 137);
  });

  it('ends with the one that started it, even when that one is killed', async () => {
    const parent = await startService({ entry, env: { CHILD: entry } });
    const child = Number(parent.url.replace('pid:', ''));
    assert.notEqual(child, parent.pid);
    assert.ok(alive(child));
    await parent.kill();
    for (let tries = 0; alive(child) && tries < 100; tries++) await delay(50);
    assert.ok(!alive(child));
  });

  it('tells its last lines when it ends instead of getting ready, or takes too long', async () => {
    await assert.rejects(startService({ entry, env: { BROKEN: '1' } }), /ended with 1 before[^]*broken on purpose/);
    await assert.rejects(startService({ entry, readyLine: /never/, readyWithinMs: 300 }), /not ready within 0.3 s/);
  });
});
