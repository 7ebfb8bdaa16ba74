import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { MyRequest } from '../api/requests.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Tag, type Tone } from '../shared/tag.tsx';
import { useNow } from '../shared/use-now.ts';
import { dateTime, fromNow } from '../shared/when.ts';
import { texts } from './texts.ts';

type Wait = MyRequest['waitingOn'][number];

const badly = new Set(['failed', 'terminated']);
const tones: Partial<Record<MyRequest['stage'], Tone>> = { waiting: 'accent', compensating: 'warning', stuck: 'bad' };

const toneOf = ({ stage, outcome }: MyRequest): Tone =>
  stage !== 'closed' ? (tones[stage] ?? 'neutral') : outcome && badly.has(outcome) ? 'bad' : 'good';

/** Where a request stands, as a word. */
export function StandingTag({ of }: { of: MyRequest }) {
  const words = useWords();
  const { process, outcome, stage } = of;
  return <Tag tone={toneOf(of)}>{outcome ? outcomeIn(words, process, outcome) : words.shared('stages', stage)}</Tag>;
}

/** What a process concludes with it says itself; how any case may end is said for all of them. */
const outcomeIn = (words: ReturnType<typeof useWords>, process: string, outcome: string): string =>
  words.means(process, outcome) === undefined
    ? words.shared('outcomes', outcome)
    : words.of(process, 'outcomes', outcome);

/** Where a request stands, in sentences: who is asked and until when, or what came of it. */
export function Standing({ of, person }: { of: MyRequest; person: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const now = useNow(of);
  const { process, outcome, stage, stuck, rollback, waitingOn } = of;
  if (outcome !== null)
    return (
      <Sentences
        all={[
          words.means(process, outcome) ?? say('stands.closed'),
          ...(rollback ? [say(`rollback.${rollback}`)] : []),
        ]}
      />
    );
  if (stage === 'stuck')
    return <Sentences all={[say('stands.stuck', { when: fromNow(stuck!.since, language, now) })]} />;
  if (stage !== 'waiting') return <Sentences all={[say(`stands.${stage}`)]} />;
  return (
    <Stack gap={2}>
      {waitingOn.map((wait) => (
        <Waiting key={`${wait.for} ${wait.id}`} of={wait} process={process} person={person} />
      ))}
    </Stack>
  );
}

const Sentences = ({ all }: { all: readonly string[] }) => <Text maw="72ch">{all.join(' ')}</Text>;

function Waiting({ of: wait, process, person }: { of: Wait; process: string; person: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { for: what, id, owner, dueAt } = wait;
  const when = dueAt ? dateTime(dueAt, language) : '';
  const who = owner ? words.shared('queues', owner) : '';
  const said = say(`waits.${waitOf(wait, person)}`, { who, when, what: words.of(process, 'events', id) });
  if (what !== 'handoff' || owner !== person) return <Text maw="72ch">{said}</Text>;
  return (
    <Anchor component={Link} href={`/handoffs/${encodeURIComponent(id)}`} maw="72ch">
      {said}
    </Anchor>
  );
}

function waitOf({ for: what, owner }: Wait, person: string) {
  if (what === 'handoff' && owner === person) return 'you';
  return what === 'event' && owner ? 'event-of' : what;
}
