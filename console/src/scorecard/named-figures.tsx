import { Group, Table } from '@mantine/core';
import type { Measure } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Behind } from './behind.tsx';
import { Definition } from './definition.tsx';
import { only, shownValue } from './figures.ts';
import { texts } from './texts.ts';

/** Measures without labels, one below the other. */
export function NamedFigures({ measures }: { measures: readonly Measure[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  return (
    <Table verticalSpacing={6} aria-label={say('further')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('measure')}</Table.Th>
          <Table.Th ta="right">{say('value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {measures.map((measure) => {
          const [figure, title] = [only(measure), words.shared('measures', measure.name)];
          return (
            <Table.Tr key={measure.name}>
              <Table.Td>
                <Group gap={0} wrap="nowrap">
                  {title}
                  <Definition of={[measure.definition]} />
                </Group>
              </Table.Td>
              <Table.Td ta="right">
                {figure ? (
                  <Behind figure={figure} of={title}>
                    {shownValue(figure.value, measure, language)}
                  </Behind>
                ) : (
                  '–'
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
