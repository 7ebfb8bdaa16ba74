import { Button, Card, Group, Table, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { Figure, Measure } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag, type Tone } from '../shared/tag.tsx';
import { Bar } from './bar.tsx';
import { Behind } from './behind.tsx';
import { Definition } from './definition.tsx';
import { countedBy, shownValue, wholeOf } from './figures.ts';
import { labelInWords } from './labels.ts';
import { texts } from './texts.ts';
import { useTitles } from './titles.ts';

const fewRows = 8;

/** Measures of the same labels: a row for each of what they are of, the largest first, and a column for each measure. */
export function FiguresTable({ measures, process }: { measures: readonly Measure[]; process: string | undefined }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const [all, setAll] = useState(false);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [first] = measures as [Measure];
  const rows = rowsOf(measures);
  // An amount is shown with its currency.
  const labels = [...new Set(rows.flatMap(({ of }) => Object.keys(of)))].filter((label) => label !== 'currency');
  const labelled = (of: Figure['of'], label: string) => labelInWords(of, label, { words, say, language, process });
  const hasBars = measures.length === 1 && first.unit !== 'as declared';
  const shown = all ? rows : rows.slice(0, fewRows);
  const { whole, each: titles } = useTitles(measures);
  const largest = Math.max(...rows.map(({ figures: [one] }) => numeric(one)), 0);
  return (
    <Card withBorder padding="md" className="kept-whole">
      <Group gap={0} mb="xs" wrap="nowrap">
        <Title order={3}>{measures.length === 1 ? titles[0] : whole}</Title>
        <Definition of={[first.definition]} />
      </Group>
      {narrow ? (
        <Narrow
          rows={shown}
          {...{ measures, titles, whole }}
          labelsOf={(of) => labels.map((label) => labelled(of, label))}
        />
      ) : (
        <Table.ScrollContainer minWidth={labels.length > 2 || measures.length > 2 ? 480 : 280}>
          <Table verticalSpacing={6} aria-label={whole}>
            <Table.Thead>
              <Table.Tr>
                {labels.map((label) => (
                  <Table.Th key={label}>{words.shared('labels', label)}</Table.Th>
                ))}
                {hasBars && <Table.Td aria-hidden visibleFrom="sm" />}
                {measures.map(({ name, definition }, place) => (
                  <Table.Th key={name} ta="right">
                    <Group gap={0} justify="flex-end" wrap="nowrap">
                      {measures.length === 1 ? say('value') : titles[place]}
                      {place > 0 && <Definition of={[definition]} />}
                    </Group>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ key, of, figures }, n) => (
                <Table.Tr key={key} className={n < shown.length ? undefined : 'printed-row'}>
                  {labels.map((label) => (
                    <Table.Td key={label}>{labelled(of, label)}</Table.Td>
                  ))}
                  {hasBars && (
                    <Table.Td aria-hidden w="25%" visibleFrom="sm">
                      <Bar share={largest === 0 ? 0 : numeric(figures[0]) / largest} />
                    </Table.Td>
                  )}
                  {measures.map((measure, place) => (
                    <Cell
                      key={measure.name}
                      measure={measure}
                      figure={figures[place]}
                      title={titles[place]!}
                      labels={labels.map((label) => labelled(of, label))}
                    />
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rows.length > shown.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" className="not-printed" onClick={() => setAll(true)}>
          {say('more-rows', { count: rows.length - shown.length })}
        </Button>
      )}
    </Card>
  );
}

const tones: Record<string, Tone> = { drifted: 'bad', watch: 'warning', stable: 'good' };

interface CellProps {
  measure: Measure;
  figure: Figure | undefined;
  title: string;
  /** In words. */
  labels: readonly string[];
}

const Cell = (props: CellProps) => (
  <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
    <Value {...props} />
  </Table.Td>
);

interface NarrowProps {
  rows: readonly Row[];
  measures: readonly Measure[];
  titles: readonly string[];
  whole: string;
  /** In words. */
  labelsOf(of: Figure['of']): string[];
}

/** The same where there is room for two columns. */
const Narrow = ({ rows, measures, titles, whole, labelsOf }: NarrowProps) => (
  <Table verticalSpacing={6} horizontalSpacing={4} aria-label={whole}>
    <Table.Tbody>
      {rows.map(({ key, of, figures }) => (
        <Table.Tr key={key}>
          <Table.Td style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}>{labelsOf(of).join(' · ')}</Table.Td>
          <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {measures.map((measure, place) => (
              <div key={measure.name}>
                {measures.length > 1 && (
                  <Text span size="xs" c="dimmed">
                    {titles[place]}:{' '}
                  </Text>
                )}
                <Value measure={measure} figure={figures[place]} title={titles[place]!} labels={labelsOf(of)} />
              </div>
            ))}
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);

function Value({ measure, figure, title, labels }: CellProps) {
  const { language } = useLanguage();
  const say = useTexts(texts);
  if (!figure) return '–';
  return (
    <>
      {figure.says && (
        <>
          <Tag tone={tones[figure.says] ?? 'neutral'}>{say(figure.says as 'stable')}</Tag>{' '}
        </>
      )}
      <Behind figure={figure} of={[title, ...labels].join(', ')}>
        {shownValue(figure.value, countedBy(measure, figure), language)}
      </Behind>
    </>
  );
}

interface Row {
  key: string;
  of: Figure['of'];
  /** In the order of the measures. */
  figures: (Figure | undefined)[];
}

const numeric = (figure: Figure | undefined) => Math.max(0, figure?.value ?? 0);

function rowsOf(measures: readonly Measure[]): Row[] {
  const rows = new Map<string, Row>();
  for (const [place, measure] of measures.entries())
    for (const figure of wholeOf(measure)) {
      if (figure.count === 0 && Object.keys(figure.of).length === 0) continue; // nothing was counted at all
      const key = JSON.stringify(figure.of);
      const row = rows.get(key) ?? { key, of: figure.of, figures: measures.map(() => undefined) };
      row.figures[place] = figure;
      rows.set(key, row);
    }
  return [...rows.values()].toSorted((one, other) => numeric(other.figures[0]) - numeric(one.figures[0]));
}
