import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { percent } from '../../shared/amounts.ts';
import { processPath } from '../links.ts';
import { useSpans } from '../use-spans.ts';
import { ContractCard, type Term } from './contract-card.tsx';
import classes from './contracts.module.css';
import type { OfStep } from './contracts.tsx';
import { Fields } from './fields.tsx';
import { texts } from './texts.ts';
import { useNames } from './use-names.tsx';

/** What a model is asked, what it sees, and what stands where it is unsure or silent. */
export function InferenceContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const names = useNames(process);
  const spans = useSpans();
  const { language } = useLanguage();
  const asked = contracts.inferences[name]!;
  const { instructions, given, returns, quotesFrom, misquotes, withholds } = asked;
  const terms: Term[] = [
    [say('sure'), `${percent(asked.confidenceThreshold, language)}. ${say('sure.why')}`],
    ...(withholds.length > 0 ? [[say('withholds'), names.fields(withholds)] as const] : []),
    ...(quotesFrom.length > 0
      ? [[say('quotes'), say(`quotes.${misquotes}`, { fields: names.fields(quotesFrom) })] as const]
      : []),
    [say('retry-for'), spans(asked.retryFor)],
    [say('fallback'), names.given(asked.fallback)],
  ];
  return (
    <ContractCard title={words.of(process, 'inferences', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.given')} of={given} />
      <Fields process={process} title={say('fields.returns')} of={returns} />
      <Stack gap="xs">
        <Title order={3} size="sm">
          {say('instructions')}
        </Title>
        <Text size="sm" className={classes['text']} lang="en">
          {instructions}
        </Text>
      </Stack>
    </ContractCard>
  );
}

/** What a table is given and may say; its rows stand on a page of their own. */
export function PolicyContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const names = useNames(process);
  const spans = useSpans();
  const { on, verdicts, facts, outputs, sums } = contracts.policies[name]!;
  const summed = Object.entries(sums).map(([fact, { of, per, within }]) =>
    say('sum.value', {
      ...{ fact: names.field(fact), of: names.fields(of.split('.').slice(-1)) },
      ...{
        per: per.map((one) => (one === 'requester' ? say('requester') : names.field(one))).join(', '),
        span: spans(within),
      },
    }),
  );
  const terms: Term[] = [
    [say('on'), names.terms(on)],
    [say('verdicts'), names.verdicts(verdicts)],
    ...(summed.length > 0 ? [[say('sums'), summed.map((line) => <div key={line}>{line}</div>)] as const] : []),
  ];
  return (
    <ContractCard title={words.of(process, 'policies', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.facts')} of={facts} />
      {outputs.length > 0 && <Fields process={process} title={say('fields.outputs')} of={outputs} />}
      <Anchor component={Link} href={processPath(process, { tab: 'policies', policy: name })} size="sm">
        {say('see-table')}
      </Anchor>
    </ContractCard>
  );
}
