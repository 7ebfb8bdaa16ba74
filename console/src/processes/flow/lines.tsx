import { useResizeObserver } from '@mantine/hooks';
import { useLayoutEffect, useState } from 'react';
import { type Box, draw } from './drawing.ts';
import classes from './flow.module.css';
import { type Line, touches } from './model.ts';

/** Where each step stands, by its id; measured again whenever the picture changes its size. */
function useBoxes(picture: HTMLElement | null, changes: unknown): { boxes: Map<string, Box>; width: number } {
  const [found, setFound] = useState<{ boxes: Map<string, Box>; width: number }>({ boxes: new Map(), width: 0 });
  const [observed, { width, height }] = useResizeObserver();
  useLayoutEffect(() => observed(picture), [observed, picture]);
  useLayoutEffect(() => {
    if (!picture) return;
    const origin = picture.getBoundingClientRect();
    const boxes = [...picture.querySelectorAll<HTMLElement>('[data-line]')].map((one): [string, Box] => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const at = { left: left - origin.left, right: right - origin.left, top: top - origin.top };
      return [one.dataset['line']!, { ...at, bottom: bottom - origin.top, band: Number(one.dataset['band']) }];
    });
    setFound({ boxes: new Map(boxes), width: origin.width });
  }, [picture, width, height, changes]);
  return found;
}

/** What comes after what, behind the steps; whoever does not see it reads the same of each step. */
export function Lines(props: { picture: HTMLElement | null; lines: readonly Line[]; chosen: string | undefined }) {
  const { picture, lines, chosen } = props;
  const { boxes, width } = useBoxes(picture, `${lines.length} ${chosen}`);
  const drawn = lines.flatMap((line, n) => {
    const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
    if (!from || !to) return [];
    const role = chosen === undefined ? 'plain' : touches(line, chosen) ? 'chosen' : 'faded';
    return [{ ...draw(from, to, n, { left: 126, right: width - 4 }), role, line }];
  });
  return (
    <svg className={classes['lines']} aria-hidden="true">
      <defs>
        {['plain', 'chosen', 'faded'].map((role) => (
          <marker
            {...{ id: `end-${role}`, key: role, className: classes[role], markerUnits: 'userSpaceOnUse' }}
            {...{ viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }}
          >
            <path d="M0 0L8 4L0 8z" fill="currentColor" stroke="none" />
          </marker>
        ))}
      </defs>
      {drawn.map(({ path, back, role, line: { from, to, share } }) => (
        <path
          {...{ key: `${from} ${to}`, d: path, className: classes[role], fill: 'none', stroke: 'currentColor' }}
          strokeWidth={1.25 + 2.5 * (share ?? 0)}
          strokeDasharray={back ? '5 4' : undefined}
          markerEnd={`url(#end-${role})`}
        />
      ))}
    </svg>
  );
}
