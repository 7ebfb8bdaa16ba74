import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../core/declare/definition.ts';
import { add } from '../../rules/calendar.ts';
import { type HandoffClock, leftOf, stagesOf } from '../../rules/handoff-clock.ts';
import { seeds } from './calendars.ts';

const berlin = seeds['berlin']!;
const friday = '2026-11-27T15:00:00.000Z'; // 16:00 in Berlin
const stages = (clock: Partial<HandoffClock>) => {
  const { atRiskAt, escalatesAt, expiresAt } = stagesOf(
    { from: friday, answerWithin: '4 business hours', expiresAfter: '2 business days', ...clock },
    berlin,
  );
  return [atRiskAt, escalatesAt, expiresAt].map((at) => at?.toISOString().slice(0, 16));
};

describe('the stages of a handoff', () => {
  it('come in the kind of time that the contract gives: at risk after three quarters of it', () => {
    assert.deepEqual(stages({}), ['2026-11-30T10:00', '2026-11-30T11:00', '2026-12-01T15:00']);
    assert.deepEqual(stages({ answerWithin: '4 hours' }), ['2026-11-27T18:00', '2026-11-27T19:00', '2026-12-01T15:00']);
  });

  it('come no later than `dueBy`, and then three quarters are those of the time that is left', () => {
    assert.deepEqual(stages({ dueBy: '2026-11-30T09:00:00Z' }).slice(0, 2), ['2026-11-30T08:30', '2026-11-30T09:00']);
    assert.deepEqual(stages({ dueBy: '2026-11-28T12:00:00Z' }).slice(0, 2), ['2026-11-27T15:45', '2026-11-28T12:00']);
    assert.deepEqual(stages({ dueBy: '2020-01-01T00:00:00Z' }).slice(0, 2), ['2026-11-27T15:00', '2026-11-27T15:00']);
    assert.deepEqual(stages({ dueBy: '2027-01-01T00:00:00Z' }), stages({}));
  });

  it('come no later than it expires', () => {
    assert.deepEqual(stages({ expiresAfter: '1 business hours' }), [
      '2026-11-27T15:45',
      '2026-11-27T16:00',
      '2026-11-27T16:00',
    ]);
  });

  it('are the same when the clock stands still and goes on at once, whenever that is', () => {
    const spans = fc.constantFrom<Span>('4 business hours', '2 business days', '7 hours', '3 days');
    const instants = fc.integer({ min: 0, max: 700 * 24 * 60 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * 60_000));
    fc.assert(
      fc.property(
        ...[fc.constantFrom(...Object.values(seeds)), instants, spans, spans, fc.integer({ min: 1, max: 99 })],
        (calendar, from, answerWithin, expiresAfter, percent) => {
          const clock: HandoffClock = { from: from.toISOString(), answerWithin, expiresAfter };
          const before = stagesOf(clock, calendar);
          const until = before.expiresAt!.getTime();
          const at = new Date(from.getTime() + Math.floor(((until - from.getTime()) * percent) / 100));
          const after = stagesOf(leftOf(clock, before, at, calendar), calendar);
          assert.equal(after.expiresAt!.toISOString(), before.expiresAt!.toISOString());
          if (before.escalatesAt > at && before.escalatesAt.getTime() === add(from, answerWithin, calendar).getTime())
            assert.equal(after.escalatesAt.toISOString(), before.escalatesAt.toISOString());
          if (before.atRiskAt > at && before.atRiskAt < before.escalatesAt)
            assert.equal(after.atRiskAt.toISOString(), before.atRiskAt.toISOString());
        },
      ),
    );
  });

  it('are never out of order', () => {
    const spans = fc.constantFrom<Span>('1 business hours', '2 business days', '7 hours', '3 days', '0 hours');
    const minutes = fc.integer({ min: 0, max: 700 * 24 * 60 });
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
    fc.assert(
      fc.property(
        ...[fc.constantFrom(...Object.values(seeds)), minutes, fc.option(minutes), spans, spans],
        (calendar, from, due, answerWithin, expiresAfter) => {
          const dueBy = due === null ? {} : { dueBy: at(due) };
          const clock = { from: at(from), answerWithin, expiresAfter, ...dueBy };
          const { atRiskAt, escalatesAt, expiresAt } = stagesOf(clock, calendar);
          assert.ok(new Date(at(from)) <= atRiskAt && atRiskAt <= escalatesAt && escalatesAt <= expiresAt!);
        },
      ),
    );
  });
});
