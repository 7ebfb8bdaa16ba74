import { Stack, Text, Title } from '@mantine/core';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { currencyIn, fieldOf, isAmount, type Schema } from '../shared/schema.ts';
import { Tag, type Tone } from '../shared/tag.tsx';
import { usePlain } from '../shared/value-scope.tsx';
import { packetOf, termsOf, useAround } from './around.tsx';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** The rule that sent it here, what else spoke for a closer look, and what nearly did. */
export function Reason() {
  const say = useTexts(texts);
  const words = useWords();
  const { brief, handoff } = useAround();
  const { ruling } = brief;
  if (handoff.kind === 'task') return null;
  if (!ruling) return <Section title={say('rule')}>{<Text size="sm">{say('rule.none')}</Text>}</Section>;
  const rule = (name: string) => words.of(handoff.process, 'rules', name);
  const policy = words.of(handoff.process, 'policies', ruling.policy);
  return (
    <Section title={say('rule')}>
      <div>
        <Text fw={600}>{rule(ruling.rule)}</Text>
        {ruling.because && <Text size="sm">{words.reason(handoff.process, ruling.because)}</Text>}
        <Text size="sm" c="dimmed">
          {say('rule.of', { policy, version: ruling.version })}
        </Text>
      </div>
      <Others title={say('rule.also')} rows={ruling.also.map((row) => ({ ...row, says: '' }))} tone="warning" />
      <Near />
    </Section>
  );
}

function Others({
  title,
  rows,
  tone,
}: {
  title: string;
  rows: { rule: string; because: string | null; says: string }[];
  tone: Tone;
}) {
  const words = useWords();
  const { handoff } = useAround();
  if (rows.length === 0) return null;
  return (
    <div>
      <Title order={3}>{title}</Title>
      <Stack gap={4} mt={4}>
        {rows.map(({ rule, because, says }) => (
          <div key={rule}>
            <Tag tone={tone}>{words.of(handoff.process, 'rules', rule)}</Tag>{' '}
            <Text span size="sm">
              {says || words.reason(handoff.process, because ?? '')}
            </Text>
          </div>
        ))}
      </Stack>
    </div>
  );
}

/** Rows that a little more or less would have hit, with the number and where they hold. */
function Near() {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const plain = usePlain();
  const { brief, handoff } = useAround();
  const { near = [], schema } = brief.ruling ?? {};
  const currency = currencyIn(termsOf(handoff)) ?? currencyIn(packetOf(handoff));
  const rows = near.map(({ rule, because, fact, value, expression }) => {
    const declared = fieldOf(schema as Schema | undefined, fact);
    const kind = isAmount(declared, fact, currency) || /inall$/i.test(fact) ? 'amount' : 'number';
    const shown = (text: number | string) => plain(kind, Number(text), fact, currency);
    const condition = expression
      .replaceAll(/-?\d+(\.\d+)?/g, shown)
      .replace('>=', '≥')
      .replace('<=', '≤');
    const name = words.of(handoff.process, 'fields', fact);
    return { rule, because, says: say('rule.near.is', { fact: name, value: shown(value), condition }) };
  });
  return <Others key={language} title={say('rule.near')} rows={rows} tone="neutral" />;
}
