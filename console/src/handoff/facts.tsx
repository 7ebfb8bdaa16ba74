import { useTexts } from '../language/language.tsx';
import { Fields } from '../shared/value.tsx';
import { packetSchema, useAround } from './around.tsx';
import { partsOf } from './parts.ts';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

/** Everything else that its owner is shown. */
export function Facts() {
  const say = useTexts(texts);
  const around = useAround();
  const { facts } = partsOf(around);
  return (
    <Section title={say('facts')}>
      <Fields of={facts} schema={packetSchema(around)} omit={['mayFind']} />
    </Section>
  );
}
