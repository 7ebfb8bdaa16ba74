import { Text, Timeline } from '@mantine/core';
import type { Happened } from '../api/handoff.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { LongText } from '../shared/long-text.tsx';
import { dateTime } from '../shared/when.ts';
import { useAround } from './around.tsx';
import { texts as words } from './history-texts.ts';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** What happened about it, the newest first: claims, remarks, questions and answers, and what was decided in the case before. */
export function History() {
  const say = useTexts(texts);
  const { brief } = useAround();
  const newest = brief.history.toReversed();
  return (
    <Section title={say('history')}>
      {newest.length === 0 && <Text size="sm">{say('history.none')}</Text>}
      <Timeline bulletSize={10} lineWidth={2}>
        {newest.map((one, index) => (
          <Item key={index} one={one} />
        ))}
      </Timeline>
    </Section>
  );
}

function Item({ one }: { one: Happened }) {
  const say = useTexts(words);
  const said = useWords();
  const { language } = useLanguage();
  const { handoff } = useAround();
  const { process } = handoff;
  const to = one.to === 'requester' ? say('requester') : said.shared('queues', one.to ?? '');
  const verdict = said.shared(one.what === 'completed' ? 'findings' : 'verdicts', one.verdict ?? '');
  const person = one.what === 'reassigned' ? (one.to ?? '') : to;
  const what = say(one.what, { by: one.by, to: person, verdict });
  const other = one.handoff === null ? undefined : said.of(process, 'handoffs', one.handoff);
  return (
    <Timeline.Item title={<Text size="sm">{other ? say('other', { handoff: other, what }) : what}</Text>}>
      {one.text && (
        <Text size="sm" component="div">
          <LongText>{one.text}</LongText>
        </Text>
      )}
      <Text size="xs" c="dimmed">
        <time dateTime={one.at}>{dateTime(one.at, language)}</time>
        {one.for && `, ${say('for', { person: one.for })}`}
      </Text>
    </Timeline.Item>
  );
}
