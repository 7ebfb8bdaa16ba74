import { Code, List, Text, Title } from '@mantine/core';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { type FieldsOf, isObject, textOf } from '../shared/schema.ts';
import { Section } from '../shared/section.tsx';
import { usePlain } from '../shared/value-scope.tsx';
import { Fields } from '../shared/value.tsx';
import { dateTime } from '../shared/when.ts';
import { texts as answering } from './answer-texts.ts';
import { packetOf, useAround } from './around.tsx';
import { texts } from './broken-texts.ts';
import { texts as own } from './texts.ts';

const kinds = ['shape', 'stale', 'future', 'refused', 'unavailable'] as const;

/** What is wrong with the data of a source, said to whoever puts it right; what the system said is folded. */
export function Broken() {
  const say = useTexts(texts);
  const title = useTexts(own)('facts');
  const words = useWords();
  const spans = useTexts(answering);
  const { language } = useLanguage();
  const { handoff } = useAround();
  const { source, reads, by, breach, problem, asOf, maxAge, faults } = packetOf(handoff);
  const kind = kinds.find((one) => one === breach) ?? 'refused';
  /** As `24 hours`. */
  const span = (text: string) => {
    const [count = '', unit = ''] = text.split(' ', 2);
    return spans(`unit.${unit as 'days'}`, { count: Number(count) });
  };
  const places = {
    source: words.of(handoff.process, 'sources', textOf(source)),
    asOf: typeof asOf === 'string' ? dateTime(asOf, language) : '…',
    maxAge: typeof maxAge === 'string' ? span(maxAge) : '…',
  };
  return (
    <Section title={title}>
      <Text fw={600}>{say(kind, places)}</Text>
      {Array.isArray(faults) && <Faults all={faults.filter(isObject)} />}
      <Title order={3}>{say('asked')}</Title>
      {isObject(by) && <Fields of={by} />}
      <details>
        <summary>{say('technical')}</summary>
        <Text size="sm">
          {say('read')} <Code>{textOf(reads)}</Code>
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {textOf(problem)}
        </Text>
      </details>
    </Section>
  );
}

function Faults({ all }: { all: readonly FieldsOf[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const said = useFault();
  const { process } = useAround().handoff;
  const name = (at: string) =>
    at
      .split('/')
      .filter(Boolean)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : words.of(process, 'fields', part)))
      .join(' › ');
  return (
    <List>
      {all.map((fault, index) => (
        <List.Item key={index}>
          <Text span fw={600}>
            {name(textOf(fault['at'])) || say('whole')}
          </Text>{' '}
          {said(fault)}
        </List.Item>
      ))}
    </List>
  );
}

/** Says one fault: what stands there, and what is expected. */
function useFault() {
  const say = useTexts(texts);
  const plain = usePlain();
  const word = (value: unknown) => plain('word', value);
  return ({ is, found, kind, among, least, most }: FieldsOf): string => {
    const places = {
      found: found === undefined ? say('found.none') : found === null ? plain('none', null) : `“${textOf(found)}”`,
      among: Array.isArray(among) ? among.map(word).join(', ') : '',
      kind: say(kindNames.find((one) => one === `kind.${textOf(kind)}`) ?? 'kind.else'),
      ...{ least: textOf(least), most: textOf(most) },
    };
    return say(faultNames.find((one) => one === is) ?? 'other-form', places);
  };
}

const kindNames = ['kind.string', 'kind.number', 'kind.int', 'kind.boolean', 'kind.array', 'kind.object'] as const;
const faultNames = [
  ...(['missing', 'unknown', 'not-among', 'too-small', 'too-large', 'other-kind'] as const),
  ...(['other-form', 'at-odds'] as const),
];
