import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { type Case, useCase } from '../api/cases.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { dateTime } from '../shared/when.ts';
import { addressOfHandoff } from './addresses.ts';
import { CaseLink } from './head.tsx';
import { whose } from './record-names.ts';
import { Notice } from '../shared/notice.tsx';
import { Outcome } from './outcome.tsx';
import { texts } from './texts.ts';
import { useAnswers } from './waiting.tsx';

/** The reversals that were asked for of a case, each with where it stands. */
export function Reversals({ of: { reversals } }: { of: Case }) {
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {reversals.map(({ caseId, outcome }) => (
        <li key={caseId}>
          <Group gap="xs">
            <CaseLink caseId={caseId} />
            {outcome !== null && <Outcome of={{ process: 'reversal', stage: 'closed', outcome }} />}
          </Group>
          {outcome === null && <Approval reversalId={caseId} />}
        </li>
      ))}
    </Stack>
  );
}

/** Of a reversal itself: which case it is about, and who must approve it. */
export function ReversalOf({ of: { caseId, reverses, status } }: { of: Case }) {
  const say = useTexts(texts);
  if (reverses === null) return null;
  return (
    <Notice color="blue" role="group" title={say('reversal.of')}>
      <Stack gap="xs">
        <CaseLink caseId={reverses} />
        {status === 'open' && <Approval reversalId={caseId} />}
      </Stack>
    </Notice>
  );
}

/** Whoever asked for it may see it, as may its owners; nobody else is told more than that it is open. */
function Approval({ reversalId }: { reversalId: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const answers = useAnswers();
  const { data } = useCase(reversalId);
  const wait = data?.waitingOn.find((one) => one.for === 'handoff');
  if (!wait) return <Text size="sm">{say('reversal.open')}</Text>;
  const queue = whose(words, wait.owner ?? '');
  return (
    <Group gap="xs">
      <Text size="sm">{say('reversal.waits', { queue, until: wait.dueAt ? dateTime(wait.dueAt, language) : '' })}</Text>
      {answers && (
        <Anchor component={Link} href={addressOfHandoff(wait.id)} size="sm">
          {say('reversal.approval')}
        </Anchor>
      )}
    </Group>
  );
}
