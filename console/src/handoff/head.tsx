import { Anchor, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Notice } from '../shared/notice.tsx';
import { LongText } from '../shared/long-text.tsx';
import { AboveLimit } from './above-limit.tsx';
import { useAround } from './around.tsx';
import { useRefusal } from './refusal.tsx';
import { useOutcome } from './said.ts';
import { Reworked } from './reworked.tsx';
import { texts } from './texts.ts';
import { Left } from './whose.tsx';

/** Which case it is of, and how much time is left. */
export function Head() {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, brief } = useAround();
  const { process, caseId } = handoff;
  return (
    <Group gap="sm">
      <Left />
      <Text size="sm" c="dimmed" component="div">
        {words.process(process)} ·{' '}
        <Anchor component={Link} href={`/cases/${encodeURIComponent(caseId)}`} size="sm" underline="always">
          {say('of-case', { case: caseId.slice(process.length + 1) })}
        </Anchor>{' '}
        · {say('requester', { person: brief.requester })}
      </Text>
    </Group>
  );
}

/** What became of it; why the reader cannot answer it; what was said when it was sent back. */
export function Standing() {
  const say = useTexts(texts);
  const refusal = useRefusal();
  const outcome = useOutcome();
  const { brief, handoff, person } = useAround();
  const [wasOpen] = useState(handoff.state === 'open');
  const { may } = brief;
  const what = outcome(handoff, person);
  const refused = may.answer ?? (handoff.kind === 'decision' ? may.approve : null);
  if (what) {
    const byOther = wasOpen && (handoff.decision ?? handoff.completion)?.by !== person;
    const because = handoff.decision?.because ?? handoff.completion?.because;
    return (
      <Notice
        color={handoff.decision?.verdict === 'approved' ? 'teal' : 'gray'}
        role="status"
        title={byOther ? say('meanwhile', { what }) : what}
      >
        {because && <LongText>{because}</LongText>}
        <Group gap="sm">
          <Anchor component={Link} href={`/cases/${encodeURIComponent(handoff.caseId)}`} size="sm" underline="always">
            {say('goes-on')}
          </Anchor>
          <Anchor component={Link} href="/handoffs" size="sm" underline="always">
            {say('inbox')}
          </Anchor>
        </Group>
      </Notice>
    );
  }
  return (
    <>
      <SaidBefore />
      {refused && (
        <Notice color="orange" role="status" title={say(may.answer ? 'not-yours' : 'not-approve')}>
          {refused.code === 'limit-exceeded' ? <AboveLimit /> : refusal(refused.code, refused.detail)}
        </Notice>
      )}
      {brief.may.standsInFor && <Notice color="blue">{say('stands-in', { person: brief.may.standsInFor })}</Notice>}
      {handoff.approvals.given.some(({ by }) => by === person) && <Notice color="teal">{say('decided.given')}</Notice>}
    </>
  );
}

function SaidBefore() {
  const say = useTexts(texts);
  const { handoff } = useAround();
  const said = handoff.rework?.said;
  if (!said) return null;
  return (
    <Notice color="blue" title={say(handoff.kind === 'rework' ? 'said' : 'said.after', { person: said.by })}>
      <LongText>{said.because}</LongText>
      <Reworked />
    </Notice>
  );
}
