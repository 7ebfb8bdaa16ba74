import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { type Passage, usePassage } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { Shown } from '../../shared/states.tsx';
import type { Part } from '../process-page.tsx';
import { FlowBand } from './band.tsx';
import classes from './flow.module.css';
import { Lines } from './lines.tsx';
import { bandsOf, linesOf, shownLines } from './model.ts';
import { texts } from './texts.ts';

/** How a case runs: what is declared, by which ways the last cases went, and what waits where now. */
export function FlowTab(part: Part) {
  const passage = usePassage(part.process);
  return <Shown of={passage}>{(counted) => <Picture {...part} passage={counted} />}</Shown>;
}

function Picture({ passage, ...part }: Part & { passage: Passage }) {
  const say = useTexts(texts);
  const [picture, setPicture] = useState<HTMLElement | null>(null);
  const [search, setSearch] = useSearchParams();
  const bands = bandsOf(part.contracts, part.now, passage);
  const lines = linesOf(bands, passage);
  const asked = search.get('step') ?? undefined;
  const chosen = bands.flatMap(({ steps }) => steps).find(({ id }) => id === asked);
  const choose = (id: string | undefined) => setSearch(id === undefined ? {} : { step: id }, { replace: true });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw="72ch">
        {passage.cases > 0 ? say('counted', { count: passage.cases }) : say('not-counted')} {say('hint')}
      </Text>
      <div ref={setPicture} className={classes['picture']} role="group" aria-label={say('picture')}>
        <Lines picture={picture} lines={shownLines(bands, lines, chosen?.id)} chosen={chosen?.id} />
        {bands.map((band, place) => (
          <FlowBand key={band.kind} {...{ ...part, band, place, lines, chosen, choose }} of={passage.cases} />
        ))}
      </div>
    </Stack>
  );
}
