/**
 * Ways of lines between boxes: straight on where nothing is between, below their row where both stand in one, else around everything
 * by one of the two edges.
 */

export interface Box {
  /** Which band, from 0. */
  band: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Drawn {
  path: string;
  /** It goes back to an earlier band. */
  back: boolean;
}

const radius = 6;
const apart = 5;
/** Bands stand closer than a row of boxes is high. */
const nothingBetween = 48;

/** `n`: which of all lines it is, so that lines side by side stay apart. `edges`: the outermost x that a line may use. */
export function draw(from: Box, to: Box, n: number, edges: { left: number; right: number }): Drawn {
  const [x1, x2] = [middle(from) + spread(n, 5, 8), middle(to) + spread(n, 5, 8)];
  const leaves = from.bottom + 10 + (n % 3) * apart;
  const enters = to.top - 10 - (n % 3) * apart;
  if (to.band === from.band && to !== from && sideBySide(from, to)) return { path: sideways(from, to), back: false };
  const between = to.top - from.bottom;
  if (between > 0 && between < nothingBetween) {
    const half = (from.bottom + to.top) / 2 + spread(n, 3, apart);
    return {
      path: rounded([
        [x1, from.bottom],
        [x1, half],
        [x2, half],
        [x2, to.top],
      ]),
      back: false,
    };
  }
  if (to.band === from.band && to.top === from.top)
    return {
      path: rounded([
        [x1, from.bottom],
        [x1, leaves],
        [x2, leaves],
        [x2, to.bottom],
      ]),
      back: false,
    };
  const back = to.top <= from.bottom;
  const gutter = back ? edges.left + (n % 5) * apart : edges.right - (n % 5) * apart;
  return {
    path: rounded([
      [x1, from.bottom],
      [x1, leaves],
      [gutter, leaves],
      [gutter, enters],
      [x2, enters],
      [x2, to.top],
    ]),
    back,
  };
}

type Point = readonly [x: number, y: number];

const middle = ({ left, right }: Box) => (left + right) / 2;
const spread = (n: number, of: number, by: number) => ((n % of) - (of - 1) / 2) * by;

/** The next box of a row. */
const sideBySide = (from: Box, to: Box): boolean =>
  Math.abs(from.top - to.top) < 8 && to.left > from.right && to.left - from.right < 32;

const sideways = (from: Box, to: Box): string => {
  const y = Math.min(from.top + 20, (from.top + from.bottom) / 2);
  return `M${from.right} ${y}L${to.left} ${y}`;
};

/** Straight from point to point, round at the corners. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const parts = rest.map((point, n) => {
    const after = rest[n + 1];
    if (!after) return `L${point.join(' ')}`;
    const r = Math.min(radius, distance(points[n]!, point) / 2, distance(point, after) / 2);
    return `L${towards(point, points[n]!, r)}Q${point.join(' ')} ${towards(point, after, r)}`;
  });
  return `M${first!.join(' ')}${parts.join('')}`;
}

const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

function towards(from: Point, to: Point, by: number): string {
  const all = distance(from, to) || 1;
  return `${from[0] + ((to[0] - from[0]) * by) / all} ${from[1] + ((to[1] - from[1]) * by) / all}`;
}
