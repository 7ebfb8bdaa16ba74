import assert from 'node:assert/strict';
import { startHandingOut } from '../../outbound/hand-out.ts';
import type { OutgoingLine, Receiver } from '../../store/outbox.ts';
import { outboundWorld } from '../outbound/world.ts';
import { until } from '../world.ts';

describe('the outbox', function () {
  this.timeout(60_000);

  it('holds a line that a receiver fails on and what follows of its case, and hands out all others', async () => {
    const world = await outboundWorld();
    try {
      const cases = [await world.opens('a'), await world.opens('poison'), await world.opens('b')];
      for (const caseId of cases) await world.happens(caseId, 2);
      const got: OutgoingLine[] = [];
      let mended = false;
      const receiver: Receiver = async (db, lines) => {
        const { rows } = await db.query('select 1 as one');
        assert.equal(rows.length, 1);
        for (const { caseId, seq } of lines)
          if (!mended && caseId === 'refund/poison' && seq === 2) await db.query('select 1 / 0');
        got.push(...lines);
      };
      const told = () => got.map(({ caseId, seq }) => `${caseId}#${seq}`);
      const handing = startHandingOut(world.pool, [receiver], (line, about) =>
        world.reports.push(`${about?.case} ${line}`),
      );
      await until(async () => (await world.pool.query('select from outbox')).rowCount === 2, 'all but two are out');
      assert.deepEqual(world.reports.filter((line) => line.startsWith('refund/')).length, 1);
      const out = new Set(told());
      for (const line of ['refund/a#3', 'refund/b#3', 'refund/poison#1']) assert.ok(out.has(line), line);
      assert.ok(!out.has('refund/poison#3'));
      await world.happens(cases[0]!);
      await until(async () => told().includes('refund/a#4'), 'what comes later goes out');

      mended = true;
      await world.pool.query('update outbox set held_until = now() where held_until is not null');
      await until(async () => (await world.pool.query('select from outbox')).rowCount === 0, 'all are out');
      assert.deepEqual(told().slice(-2), ['refund/poison#2', 'refund/poison#3']);
      await handing.close();
    } finally {
      await world.close();
    }
  });
});
