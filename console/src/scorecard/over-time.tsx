import { Accordion, Box, Card, Group, ScrollArea, Table, Title } from '@mantine/core';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Measure } from '../api/scorecard.ts';
import { type Language, useLanguage, useTexts } from '../language/language.tsx';
import { Definition } from './definition.tsx';
import { onAxis, overTime, shownValue } from './figures.ts';
import type { Bucket } from './period.ts';
import { texts } from './texts.ts';
import { useTitles } from './titles.ts';

const colours = ['var(--mantine-color-blue-7)', 'var(--mantine-color-orange-6)', 'var(--mantine-color-teal-7)'];
const dashes = ['0', '6 3', '2 3'];

/** Measures of one unit, bucket by bucket: a chart, and the table that it is drawn from. */
export function OverTime({ as, measures, by }: { as: 'bars' | 'lines'; measures: readonly Measure[]; by: Bucket }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [first] = measures as [Measure];
  const { whole, each: titles } = useTitles(measures);
  const title = say('over-time', { what: whole });
  const rows = rowsOf(measures, titles, by, language);
  const show = (value: unknown) => shownValue(typeof value === 'number' ? value : null, first, language);
  const axes = [
    <CartesianGrid key="grid" strokeDasharray="3 3" vertical={false} stroke="var(--mantine-color-default-border)" />,
    <XAxis key="x" dataKey="at" tick={tick} stroke="var(--mantine-color-dimmed)" minTickGap={24} />,
    <YAxis
      key="y"
      width={72}
      tick={tick}
      tickFormatter={(value: number) => onAxis(value, first, language)}
      stroke="var(--mantine-color-dimmed)"
    />,
    <Tooltip key="tip" formatter={show} contentStyle={tip} cursor={{ fill: 'var(--mantine-color-default-hover)' }} />,
    ...(titles.length > 1 ? [<Legend key="legend" formatter={inText} />] : []),
  ];
  return (
    <Card withBorder padding="md" className="kept-whole">
      <Group gap={0} mb="xs" wrap="nowrap">
        <Title order={3}>{title}</Title>
        <Definition of={measures.map(({ definition }) => definition)} />
      </Group>
      <Box h={220} role="img" aria-label={title}>
        <ResponsiveContainer width="100%" height="100%">
          {as === 'bars' ? (
            <BarChart data={rows} accessibilityLayer={false}>
              {axes}
              {titles.map((name, place) => (
                <Bar key={name} dataKey={name} fill={colours[place]!} isAnimationActive={false} />
              ))}
            </BarChart>
          ) : (
            <LineChart data={rows} accessibilityLayer={false}>
              {axes}
              {titles.map((name, place) => (
                <Line
                  key={name}
                  {...{ dataKey: name, stroke: colours[place]!, strokeDasharray: dashes[place]!, strokeWidth: 2 }}
                  {...{ dot: { r: 2.5 }, connectNulls: true, isAnimationActive: false }}
                />
              ))}
            </LineChart>
          )}
        </ResponsiveContainer>
      </Box>
      <Accordion variant="default" chevronPosition="left">
        <Accordion.Item value="table" style={{ border: 0 }}>
          <Accordion.Control px={0}>{say('as-table')}</Accordion.Control>
          <Accordion.Panel>
            <ScrollArea.Autosize
              mah={260}
              type="auto"
              viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}
            >
              <Table verticalSpacing={4} aria-label={title}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{say(by)}</Table.Th>
                    {titles.map((name) => (
                      <Table.Th key={name} ta="right">
                        {name}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.from}>
                      <Table.Td>{row.at}</Table.Td>
                      {titles.map((name) => (
                        <Table.Td key={name} ta="right">
                          {show(row[name])}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea.Autosize>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Card>
  );
}

const tick = { fill: 'var(--mantine-color-text)', fontSize: 12 };
const tip = { background: 'var(--mantine-color-body)', border: '1px solid var(--mantine-color-default-border)' };
const inText = (name: string) => <span style={{ color: 'var(--mantine-color-text)' }}>{name}</span>;

interface Row {
  from: string;
  at: string;
  [title: string]: string | number | null;
}

function rowsOf(measures: readonly Measure[], titles: readonly string[], by: Bucket, language: Language): Row[] {
  const shown = new Intl.DateTimeFormat(language, forms[by]);
  const rows = new Map<string, Row>();
  for (const [place, measure] of measures.entries())
    for (const { from, value } of overTime(measure)) {
      const row = rows.get(from) ?? { from, at: shown.format(new Date(from)) };
      row[titles[place]!] = value;
      rows.set(from, row);
    }
  return [...rows.values()];
}

const forms: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { day: 'numeric', month: 'short', hour: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};
