import { Card, Group, Text } from '@mantine/core';
import type { Measure } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag } from '../shared/tag.tsx';
import { Behind } from './behind.tsx';
import { Definition } from './definition.tsx';
import { only, shownValue } from './figures.ts';
import { texts } from './texts.ts';

/** The numbers that one looks at first. */
export const Tiles = ({ measures }: { measures: readonly Measure[] }) =>
  measures.map((measure) => <Tile key={measure.name} measure={measure} />);

function Tile({ measure }: { measure: Measure }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { name, definition, targets } = measure;
  const figure = only(measure);
  const title = words.shared('measures', name);
  const show = (value: number | null) => shownValue(value, measure, language);
  return (
    <Card withBorder padding="sm" className="kept-whole">
      <Group gap={0} wrap="nowrap" justify="space-between">
        <Text size="sm" fw={600} style={{ hyphens: 'auto' }}>
          {title}
        </Text>
        <Definition of={[definition]} />
      </Group>
      <Text fz="1.4rem" fw={650} lh={1.3}>
        {show(figure?.value ?? null)}
      </Text>
      {figure?.low !== undefined && figure.high !== undefined && figure.count > 0 && (
        <Text size="sm" c="dimmed">
          {say('interval', { low: show(figure.low), high: show(figure.high) })}
        </Text>
      )}
      {figure && (
        <Text size="sm" c="dimmed" component="div">
          <Behind figure={figure} of={title}>
            {say('behind', { count: figure.count })}
          </Behind>
        </Text>
      )}
      {targets.map(({ process, bound, value, missed }) => (
        <Group key={process} gap="xs" mt="xs">
          <Text size="sm">
            {words.process(process)}: {say(`target.${bound}`, { value: show(value) })}
          </Text>
          <Tag tone={missed ? 'bad' : 'good'}>{say(missed ? 'missed' : 'kept')}</Tag>
        </Group>
      ))}
    </Card>
  );
}
