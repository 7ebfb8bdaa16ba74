import { useTexts } from '../language/language.tsx';
import { type FieldsOf, kindOf } from '../shared/schema.ts';
import { Fields } from '../shared/value.tsx';
import { packetSchema, useAround } from './around.tsx';
import { Broken } from './broken.tsx';
import { partsOf } from './parts.ts';
import { Section } from '../shared/section.tsx';
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
  const { facts } = partsOf(around);
  return (
    <Section title={say('facts')}>
      <Fields of={ordered(facts)} schema={packetSchema(around)} omit={['mayFind']} />
    </Section>
  );
}
