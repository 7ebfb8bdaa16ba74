import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Piece, piecesOf } from '../../../store/scorecard/spans.ts';

const [hour, day] = [3_600_000, 86_400_000];
const [first, last] = [Date.UTC(2023, 0), Date.UTC(2027, 0)];
const instant = fc.integer({ min: first, max: last });
const period = fc.tuple(instant, instant).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** How often what happened at this instant is counted. */
const times = (pieces: readonly Piece[], at: number) =>
  pieces.reduce((sum, { sign, from, to }) => sum + (at >= from && at < to ? sign : 0), 0);
const spanned = (pieces: readonly Piece[], of: Piece['span']) =>
  pieces.reduce((sum, { span, from, to }) => sum + (span === of ? to - from : 0), 0);

describe('the pieces that a period is read from', () => {
  it('count once what happened in it, and nothing else', () => {
    fc.assert(
      fc.property(period, ([from, to]) => {
        const pieces = piecesOf(from, to);
        const edges = pieces.flatMap((one) => [one.from, one.to]).concat(from, to, first - day, last + day);
        for (const at of edges.flatMap((edge) => [edge - 1, edge]))
          assert.equal(times(pieces, at), at >= from && at < to ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it('are whole months and days of UTC, but for less than a day of steps', () => {
    const isDay = (at: number) => at % day === 0;
    fc.assert(
      fc.property(period, ([from, to]) => {
        const pieces = piecesOf(from, to);
        for (const one of pieces) {
          assert.ok(one.from < one.to);
          if (one.span !== 'step') assert.ok(isDay(one.from) && isDay(one.to));
          if (one.span === 'month') for (const at of [one.from, one.to]) assert.equal(new Date(at).getUTCDate(), 1);
        }
        assert.ok(spanned(pieces, 'step') <= day);
        assert.ok(spanned(pieces, 'day') <= 32 * day);
      }),
      { numRuns: 500 },
    );
  });

  it('of a month or a day in a zone are the one of UTC, and a few hours at its ends', () => {
    const march = piecesOf(Date.parse('2026-03-01T00:00+01:00'), Date.parse('2026-04-01T00:00+02:00'));
    assert.deepEqual([spanned(march, 'month'), spanned(march, 'day'), spanned(march, 'step')], [31 * day, 0, 3 * hour]);
    const tuesday = piecesOf(Date.parse('2026-03-03T00:00-05:00'), Date.parse('2026-03-04T00:00-05:00'));
    assert.deepEqual([spanned(tuesday, 'day'), spanned(tuesday, 'step')], [day, 10 * hour]);
  });
});
