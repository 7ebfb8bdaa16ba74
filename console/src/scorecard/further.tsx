import { Accordion, Stack } from '@mantine/core';
import type { Measure } from '../api/scorecard.ts';
import { useTexts } from '../language/language.tsx';
import { FiguresTable } from './figures-table.tsx';
import { wholeOf } from './figures.ts';
import { NamedFigures } from './named-figures.tsx';
import { texts } from './texts.ts';

/** What is measured besides, so that nothing of a level is left out. */
export function Further({ measures, process }: { measures: readonly Measure[]; process: string | undefined }) {
  const say = useTexts(texts);
  if (measures.length === 0) return null;
  const isPlain = (measure: Measure) => wholeOf(measure).every(({ of }) => Object.keys(of).length === 0);
  const plain = measures.filter(isPlain);
  return (
    <Accordion variant="contained">
      <Accordion.Item value="further">
        <Accordion.Control>{say('further')}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            {plain.length > 0 && <NamedFigures measures={plain} />}
            {measures
              .filter((measure) => !isPlain(measure))
              .map((measure) => (
                <FiguresTable key={measure.name} measures={[measure]} process={process} />
              ))}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
