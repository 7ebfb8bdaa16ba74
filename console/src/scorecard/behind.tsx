import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import type { Figure } from '../api/scorecard.ts';

/** Opens the cases behind a figure. They stand in the address, so that a link shows them, too. */
export function Behind({ figure, of, children }: { figure: Figure; of: string; children: ReactNode }) {
  const [, setSearch] = useSearchParams();
  const [, search = ''] = figure.cases?.split('?') ?? [];
  if (figure.count === 0 || search === '') return children;
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      inherit
      onClick={() =>
        setSearch((before) => {
          before.set('behind', search);
          before.set('of', of);
          return before;
        })
      }
    >
      {children}
    </Anchor>
  );
}
