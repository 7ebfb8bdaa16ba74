import { Button, Checkbox, Text } from '@mantine/core';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Handoff } from '../api/handoffs.ts';
import { isolated } from '../language/isolated.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { money } from '../shared/amounts.ts';
import { useAsked } from '../shared/asked.ts';
import { amountsOf } from './amounts.ts';
import classes from './inbox.module.css';
import { texts } from './texts.ts';
import { TimeLeft } from './time-left.tsx';

export interface RowProps {
  handoff: Handoff;
  me: string;
  /** Whether the reader may take it or give it to somebody. */
  mayClaim: boolean;
  mayPick: boolean;
  picked: boolean;
  /** The one that keys are about; `focused` when a key led to it. */
  current: boolean;
  focused: boolean;
  onCurrent(id: string): void;
  onPick(id: string): void;
  onClaim(handoff: Handoff): void;
}

/** One thing that waits: what is asked, of which case, until when, and with whom it is. */
export const Row = memo(function Row(props: RowProps) {
  const { handoff, me, mayClaim, mayPick, picked, onCurrent, onPick, onClaim } = props;
  const say = useTexts(texts);
  const asks = useAsked(handoff);
  const isMine = handoff.claimedBy === me;
  const claims = handoff.state === 'open' && (isMine || (mayClaim && handoff.claimedBy === null));
  return (
    <>
      <div className={classes.pick}>
        {mayPick && (
          <Checkbox
            checked={picked}
            onChange={() => onPick(handoff.id)}
            onFocus={() => onCurrent(handoff.id)}
            aria-label={say('select', { asks })}
          />
        )}
      </div>
      <div className={classes.asks}>
        <OpenLink {...props}>{asks}</OpenLink>
        <About handoff={handoff} me={me} />
      </div>
      <Amounts of={handoff} />
      <div className={classes.time}>
        <TimeLeft of={handoff} />
      </div>
      <div className={classes.claim}>
        {claims && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onClaim(handoff)}
            onFocus={() => onCurrent(handoff.id)}
            aria-label={say(isMine ? 'release.of' : 'claim.of', { asks })}
          >
            {say(isMine ? 'release' : 'claim')}
          </Button>
        )}
      </div>
    </>
  );
});

function OpenLink({ handoff, focused, onCurrent, children }: RowProps & { children: ReactNode }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (focused) link.current?.focus({ preventScroll: true });
  }, [focused]);
  return (
    <Link
      ref={link}
      href={`/handoffs/${encodeURIComponent(handoff.id)}`}
      className={classes.link}
      onFocus={() => onCurrent(handoff.id)}
    >
      {children}
    </Link>
  );
}

/** Of which process and case, whose, and with whom. */
function About({ handoff, me }: { handoff: Handoff; me: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { process, caseId, kind, owner, person, claimedBy } = handoff;
  const parts = [
    ...(kind === 'rework' ? [say('rework')] : []),
    words.process(process),
    decodeURIComponent(caseId.slice(caseId.indexOf('/') + 1)),
    person === null || handoff.slaStage === 'escalated' ? words.shared('queues', owner) : person,
    ...(claimedBy === null ? [] : [claimedBy === me ? say('yours') : say('with', { person: claimedBy })]),
  ];
  return (
    <Text size="sm" c="dimmed" className={classes.about}>
      {parts.map(isolated).join(' · ')}
    </Text>
  );
}

function Amounts({ of }: { of: Handoff }) {
  const { language } = useLanguage();
  return (
    <div className={classes.amount}>
      {amountsOf(of).map(({ amount, currency }) => (
        <Text key={currency} size="sm" fw={600}>
          {money(amount, currency, language)}
        </Text>
      ))}
    </div>
  );
}
