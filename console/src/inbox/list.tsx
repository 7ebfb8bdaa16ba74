import { Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Handoff } from '../api/handoffs.ts';
import { useTexts } from '../language/language.tsx';
import classes from './inbox.module.css';
import { Row, type RowProps } from './row.tsx';
import { texts } from './texts.ts';

/** So near to the end of what is there, more is asked for: somebody who scrolls on is not to wait. */
const aheadBy = 40;

interface ListProps extends Pick<RowProps, 'me' | 'onCurrent' | 'onPick' | 'onClaim'> {
  handoffs: readonly Handoff[];
  current: number;
  /** Where a key led to: it is scrolled to and focused. */
  focused: string | undefined;
  picked: ReadonlySet<string>;
  mayClaim(handoff: Handoff): boolean;
  mayPick(handoff: Handoff): boolean;
  hasMore: boolean;
  onMore(): void;
}

/** As many rows as can be seen, of as many as there are. */
export function List({ handoffs, current, focused, picked, mayClaim, mayPick, hasMore, onMore, ...rest }: ListProps) {
  const say = useTexts(texts);
  const list = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: handoffs.length,
    estimateSize: () => 68,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    scrollPaddingStart: 64,
    scrollPaddingEnd: 16,
    getItemKey: (index) => handoffs[index]!.id,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= handoffs.length - aheadBy) onMore();
  }, [hasMore, last, handoffs.length, onMore]);
  useEffect(() => {
    const index = handoffs.findIndex(({ id }) => id === focused);
    if (index >= 0) rows.scrollToIndex(index);
  }, [focused]); // oxlint-disable-line react/exhaustive-deps -- the list may change without being scrolled
  return (
    <>
      <div
        ref={list}
        role="list"
        aria-label={say('list')}
        className={classes.list}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map(({ index, key, start }) => {
          const handoff = handoffs[index]!;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-current={index === current || undefined}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={hasMore ? -1 : handoffs.length}
              className={classes.row}
              style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
            >
              <Row
                {...rest}
                handoff={handoff}
                mayClaim={mayClaim(handoff)}
                mayPick={mayPick(handoff)}
                picked={picked.has(handoff.id)}
                current={index === current}
                focused={handoff.id === focused}
              />
            </div>
          );
        })}
      </div>
      {hasMore && (
        <Text size="sm" c="dimmed" ta="center">
          {say('more')}
        </Text>
      )}
    </>
  );
}
