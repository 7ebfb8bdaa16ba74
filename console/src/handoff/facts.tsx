import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { type FieldsOf, isObject, kindOf, textOf } from '../shared/schema.ts';
import { ValueScope } from '../shared/value-scope.tsx';
import { Fields } from '../shared/value.tsx';
import { packetOf, packetSchema, useAround } from './around.tsx';
import { Broken } from './broken.tsx';
import { partsOf } from './parts.ts';
import { Section } from '../shared/section.tsx';
import { useReversedNames } from './reversed-names.ts';
import { useTaskNames } from './task-names.ts';
import { texts } from './texts.ts';

/** What is said in a word stands before what has parts of its own. */
function ordered(facts: FieldsOf): FieldsOf {
  const isPart = (value: unknown) => Number(['object', 'lines'].includes(kindOf(value, undefined)));
  return Object.fromEntries(Object.entries(facts).toSorted(([, one], [, other]) => isPart(one) - isPart(other)));
}

/** Everything else that its owner is shown. */
export function Facts() {
  const { handoff } = useAround();
  return handoff.name === 'repair' ? <Broken /> : <Packet />;
}

function Packet() {
  const say = useTexts(texts);
  const around = useAround();
  const ofTask = useTaskNames();
  const ofReversed = useReversedNames();
  const names = ofTask ?? ofReversed;
  const { facts } = partsOf(around);
  if (Object.keys(facts).length === 0) return null;
  const behind = ofTask === undefined ? '' : textOf(facts['cases']);
  const omit = ['mayFind', ...(behind === '' ? [] : ['cases'])];
  return (
    <Section title={say('facts')}>
      <ValueScope {...(names ? { names } : {})}>
        <Fields of={ordered(facts)} schema={packetSchema(around)} omit={omit} />
      </ValueScope>
      {behind !== '' && <Behind path={behind} />}
    </Section>
  );
}

/** The cases that a missed target was counted from, on the scorecard. */
function Behind({ path }: { path: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { target } = packetOf(useAround().handoff);
  const measure = isObject(target) ? textOf(target['measure']) : '';
  const search = new URLSearchParams({ behind: path.split('?')[1] ?? '', of: words.shared('measures', measure) });
  return (
    <Anchor component={Link} href={`/scorecard?${search.toString()}`} size="sm" underline="always">
      {say('cases-behind')}
    </Anchor>
  );
}
