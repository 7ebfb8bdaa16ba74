import { Button, Group, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { type Me, useMe } from '../api/me.ts';
import { scorecardCsv } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Page } from '../shared/page.tsx';
import { date, zone } from '../shared/when.ts';
import { CasesBehind } from './cases-behind.tsx';
import { levels } from './layout.ts';
import { LevelPart } from './level-part.tsx';
import { askedFor, periodIn } from './period.ts';
import { Picker } from './picker.tsx';
import './scorecard.css';
import { texts } from './texts.ts';

/** What cases came to, at three levels and for the business: one period and process for all of it, both in the address. */
export function Scorecard() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { data: me } = useMe();
  const [search] = useSearchParams();
  const owns = ownedAlone(me);
  // Whoever answers for one process alone sees that one.
  const process = search.get('process') ?? (owns.length === 1 ? owns[0] : undefined);
  const period = periodIn(search, process);
  const asked = askedFor(period, process);
  const [from, to] = [date(period.from, language), date(period.to, language)];
  return (
    <Page
      title={say('title')}
      actions={
        <Group gap="xs" className="not-printed">
          <Button variant="default" onClick={() => void scorecardCsv(asked).then(save)}>
            {say('csv')}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {say('print')}
          </Button>
        </Group>
      }
    >
      <Picker period={period} process={process} owns={owns} />
      <Text className="printed-only">
        {process === undefined ? say('all-processes') : words.process(process)}, {say('printed', { from, to, zone })}
      </Text>
      <Stack gap="xl">
        {levels.map((level) => (
          <LevelPart key={level} level={level} asked={asked} />
        ))}
      </Stack>
      <CasesBehind />
    </Page>
  );
}

/** The processes of whoever sees no others; empty for those who see all. */
const ownedAlone = (me: Me | undefined): readonly string[] =>
  me && !me.roles.some((role) => ['auditor', 'data-leader', 'tech-leader'].includes(role)) ? me.owns : [];

function save(blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'scorecard.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
