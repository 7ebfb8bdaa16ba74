import { Anchor, Box, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Case, RecordLine } from '../api/cases.ts';
import { type Language, useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { isObject } from '../shared/schema.ts';
import { useOwnClock } from '../shared/own-clock.ts';
import { dateTime, span } from '../shared/when.ts';
import { addressOfCase, caseOf, keyOf } from './addresses.ts';
import { Copied } from './copied.tsx';
import { costInWords, costOf } from './of-record.ts';
import { Notice } from '../shared/notice.tsx';
import { Outcome } from './outcome.tsx';
import { RecordValues } from './record-values.tsx';
import { texts } from './texts.ts';
import { Waiting } from './waiting.tsx';

/** Where a case stands, or how it ended and what that means. */
export function Head({ of: one, record }: { of: Case; record: readonly RecordLine[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const { caseId, process, outcome } = one;
  const currency = one.currency ?? undefined;
  const means = outcome && (words.means(process, outcome) ?? meansIn(say, outcome));
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <Group gap="sm" align="center" role="status">
          <Outcome of={one} />
          {means && <Text maw="72ch">{means}</Text>}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm" component="dl" m={0}>
          {one.status === 'open' && (
            <Fact name={say('waits')}>
              <Waiting of={one} />
            </Fact>
          )}
          <Fact name={say('requester')}>{one.requester}</Fact>
          <Fact name={say('opened')}>{dateTime(one.openedAt, language)}</Fact>
          {one.closedAt && <Fact name={say('closed')}>{closedAfter(say, one.openedAt, one.closedAt, language)}</Fact>}
          <Clock name={say('clock')} aheadMs={one.clockAheadMs} />
          {one.rollback && <Fact name={say('rollback')}>{words.shared('rollbacks', one.rollback)}</Fact>}
          <Worth name={say('result')} value={one.result} of={one} currency={currency} />
          <Worth name={say('impact')} value={one.impact} of={one} currency={currency} />
          <Cost name={say('cost')} record={record} language={language} />
          {one.flag && <Fact name={say('flag')}>{one.flag}</Fact>}
          {one.openedBy && (
            <Fact name={say('opened-by')}>
              <CaseLink caseId={caseOf(one.openedBy)} />
            </Fact>
          )}
          <Fact name={say('key')}>
            <Copied label={say('key')}>{keyOf(caseId)}</Copied>
          </Fact>
          <Fact name={say('case-id')}>
            <Copied label={say('case-id')}>{caseId}</Copied>
          </Fact>
          <Fact name={say('temporal')}>
            <Anchor href={one.temporalUrl} target="_blank" rel="noreferrer" size="sm">
              {say('temporal.open')} <span aria-hidden>↗</span>
            </Anchor>
          </Fact>
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <Box miw={0}>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <Box component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Box>
  </Box>
);

export function CaseLink({ caseId }: { caseId: string }) {
  const words = useWords();
  const [process = ''] = caseId.split('/', 1);
  return (
    <Anchor component={Link} href={addressOfCase(caseId)}>
      {words.process(process)} {keyOf(caseId)}
    </Anchor>
  );
}

/** Of a case whose clock is its own, such as a sample's. */
function Clock({ name, aheadMs }: { name: string; aheadMs: number }) {
  const own = useOwnClock(aheadMs);
  return own && <Fact name={name}>{own}</Fact>;
}

interface Value {
  name: string;
  value: unknown;
  of: Case;
  currency: string | undefined;
}

function Worth({ name, value, of: { process, caseId }, currency }: Value) {
  if (!isObject(value) || Object.keys(value).length === 0) return null;
  return (
    <Fact name={name}>
      <RecordValues of={value} scope={{ process, caseId, currency }} />
    </Fact>
  );
}

function Cost({ name, record, language }: { name: string; record: readonly RecordLine[]; language: Language }) {
  const costs = costOf(record);
  if (costs.length === 0) return null;
  return <Fact name={name}>{costs.map((cost) => costInWords(cost, language)).join(', ')}</Fact>;
}

type Say = ReturnType<typeof useTexts<keyof (typeof texts)['en']>>;

function meansIn(say: Say, outcome: string): string | undefined {
  if (outcome === 'failed' || outcome === 'cancelled' || outcome === 'terminated') return say(`means.${outcome}`);
  return undefined;
}

const closedAfter = (say: Say, opened: string, closed: string, language: Language): string =>
  say('closed.after', {
    at: dateTime(closed, language),
    span: span(new Date(closed).getTime() - new Date(opened).getTime(), language),
  });

/** What stops a case, and what to do about it. */
export function Stuck({ of: { stuck, process } }: { of: Case }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  if (!stuck) return null;
  const { since, error, step } = stuck;
  const [, name = ''] = (step ?? '').split(' ');
  return (
    <Notice color="red" role="alert" title={say('stuck.title', { since: dateTime(since, language) })}>
      <Stack gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {step === null
            ? say('stuck.workflow', { error })
            : say('stuck.step', { step: name === '' ? step : words.of(process, 'actions', name), error })}
        </Text>
        <Text size="sm">{say('stuck.do')}</Text>
      </Stack>
    </Notice>
  );
}
