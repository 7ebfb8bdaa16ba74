import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { type Asked, type Level, type Measure, useScorecard } from '../api/scorecard.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Loading, Shown } from '../shared/states.tsx';
import { isEmpty } from './figures.ts';
import { type Block, layout, namedIn } from './layout.ts';
import { FiguresTable } from './figures-table.tsx';
import { Further } from './further.tsx';
import { Tiles } from './tiles.tsx';
import { texts } from './texts.ts';

const OverTime = lazy(async () => ({ default: (await import('./over-time.tsx')).OverTime }));
const Reliability = lazy(async () => ({ default: (await import('./reliability.tsx')).Reliability }));

/** What one level is shown. */
export function LevelPart({ level, asked }: { level: Level; asked: Asked }) {
  const say = useTexts(texts);
  const scorecard = useScorecard({ ...asked, level });
  const blocks = layout[level];
  const named = new Set(blocks.flatMap(namedIn));
  return (
    <Stack component="section" gap="md" aria-labelledby={`level-${level}`}>
      <div>
        <Title order={2} id={`level-${level}`}>
          {say(level)}
        </Title>
        <Text c="dimmed" size="sm">
          {say(`${level}.about`)}
        </Text>
      </div>
      <Shown of={scorecard}>
        {({ measures }) => (
          <>
            <div className="parts">
              {blocks.map((block) => (
                <BlockPart key={namedIn(block).join()} block={block} measures={measures} asked={asked} />
              ))}
            </div>
            <LeftOut blocks={blocks} measures={measures} />
            <Further measures={measures.filter(({ name }) => !named.has(name))} process={asked.process} />
          </>
        )}
      </Shown>
    </Stack>
  );
}

const measuresOf = (block: Block, measures: readonly Measure[]): Measure[] =>
  namedIn(block).flatMap((name) => measures.find((one) => one.name === name) ?? []);

/** Why parts are not there: nothing was counted, or they are of one process. */
function LeftOut({ blocks, measures }: { blocks: readonly Block[]; measures: readonly Measure[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const empty = blocks.flatMap((block) => (block.kind === 'tiles' ? [] : measuresOf(block, measures).filter(isEmpty)));
  const [needing, uncounted] = [empty.filter(({ needs }) => needs), empty.filter(({ needs }) => !needs)];
  const sentence = (name: 'nothing-counted' | 'needs-process', of: Measure[]) =>
    of.length > 0 && (
      <Text size="sm" c="dimmed">
        {say(name, { what: of.map((one) => words.shared('measures', one.name)).join(', ') })}
      </Text>
    );
  return (
    <div>
      {sentence('nothing-counted', uncounted)}
      {sentence('needs-process', needing)}
    </div>
  );
}

interface BlockProps {
  block: Block;
  measures: readonly Measure[];
  asked: Asked;
}

function BlockPart({ block, measures, asked }: BlockProps) {
  const found = measuresOf(block, measures);
  if (block.kind !== 'tiles' && found.every(isEmpty)) return null;
  switch (block.kind) {
    case 'tiles':
      return (
        <SimpleGrid className="tiles" cols={{ base: 2, md: 3 }} spacing="sm">
          <Tiles measures={found} />
        </SimpleGrid>
      );
    case 'table':
      return <FiguresTable measures={found} process={asked.process} />;
    case 'over time':
      return (
        <Suspense fallback={<Loading />}>
          <OverTime as={block.as} measures={found} by={asked.by ?? 'day'} />
        </Suspense>
      );
    case 'reliability':
      return (
        <Suspense fallback={<Loading />}>
          <Reliability measure={found[0]!} process={asked.process} />
        </Suspense>
      );
  }
}
