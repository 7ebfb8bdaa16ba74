import { Box, Card, Group, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Figure, Measure } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { percent } from '../shared/amounts.ts';
import { Behind } from './behind.tsx';
import { Definition } from './definition.tsx';
import { wholeOf } from './figures.ts';
import { labelInWords } from './labels.ts';
import { texts } from './texts.ts';

/** How often people agreed with answers of each confidence, by inference: on the dashed line a model is as sure as it is right. */
export function Reliability({ measure, process }: { measure: Measure; process: string | undefined }) {
  const words = useWords();
  const title = words.shared('measures', measure.name);
  const byInference = Map.groupBy(wholeOf(measure), ({ of }) => of['inference'] ?? '');
  byInference.delete('');
  return (
    <Card withBorder padding="md" className="kept-whole">
      <Group gap={0} mb="xs" wrap="nowrap">
        <Title order={3}>{title}</Title>
        <Definition of={[measure.definition]} />
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {[...byInference].map(([inference, figures]) => {
          const name =
            process === undefined ? words.ofAny('inferences', inference) : words.of(process, 'inferences', inference);
          return <Curve key={inference} name={name} figures={figures} />;
        })}
      </SimpleGrid>
    </Card>
  );
}

function Curve({ name, figures }: { name: string; figures: readonly Figure[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const speaker = { words, say, language, process: undefined };
  const show = (value: number | null) => (value === null ? '–' : percent(value, language));
  const points = figures.map(({ of, value }) => ({ confidence: middleOf(of['confidence'] ?? ''), agreed: value }));
  return (
    <div>
      <Text fw={600} size="sm">
        {name}
      </Text>
      <Box h={200} role="img" aria-label={`${name}: ${say('confidence')}, ${say('agreed')}`}>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={points} accessibilityLayer={false}>
            <CartesianGrid strokeDasharray="3 3" stroke="var(--mantine-color-default-border)" />
            <XAxis dataKey="confidence" type="number" domain={[0, 1]} tick={tick} tickFormatter={show} />
            <YAxis domain={[0, 1]} width={52} tick={tick} tickFormatter={show} />
            <ReferenceLine
              segment={[
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ]}
              stroke="var(--mantine-color-dimmed)"
              strokeDasharray="4 4"
            />
            <Line dataKey="agreed" stroke="var(--mantine-color-blue-7)" strokeWidth={2} isAnimationActive={false} />
          </LineChart>
        </ResponsiveContainer>
      </Box>
      <Table verticalSpacing={4} aria-label={name}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('confidence')}</Table.Th>
            <Table.Th ta="right">{say('agreed')}</Table.Th>
            <Table.Th ta="right">{say('count')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.map((figure) => (
            <Table.Tr key={figure.of['confidence']}>
              <Table.Td>{labelInWords(figure.of, 'confidence', speaker)}</Table.Td>
              <Table.Td ta="right">{show(figure.value)}</Table.Td>
              <Table.Td ta="right">
                <Behind figure={figure} of={`${name}, ${labelInWords(figure.of, 'confidence', speaker)}`}>
                  {figure.count}
                </Behind>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const tick = { fill: 'var(--mantine-color-text)', fontSize: 12 };

/** Of a tenth such as `0.8 to 0.9`. */
function middleOf(tenth: string): number {
  const [low = 0, high = low] = tenth.split(' to ').map(Number);
  return (low + high) / 2;
}
