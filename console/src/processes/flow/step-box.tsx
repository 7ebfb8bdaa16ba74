import { Anchor, Text, UnstyledButton } from '@mantine/core';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { percent } from '../../shared/amounts.ts';
import { waitingPath } from '../links.ts';
import type { Part } from '../process-page.tsx';
import { useStepWords } from '../step-words.ts';
import { atRiskOf, countOf, lateOf } from '../sums.ts';
import classes from './flow.module.css';
import type { Step } from './model.ts';
import { useDetail } from './step-detail.ts';
import { texts } from './texts.ts';

interface Props extends Part {
  step: Step;
  place: number;
  chosen: boolean;
  choose(id: string | undefined): void;
  of: number;
}

/** One step: what it is, how many cases come by, and what waits there now. */
export function StepBox({ step, place, chosen, choose, of, ...part }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const name = useStepWords(part.process, part.contracts);
  const detail = useDetail(part)(step);
  const { id, kind, waiting, passed } = step;
  const [count, late] = [countOf(waiting), lateOf(waiting)];
  return (
    <li
      className={`${classes['step']} ${of > 0 && passed === 0 ? classes['unused'] : ''}`}
      {...{ 'data-line': id, 'data-band': place, 'data-step': id }}
      {...{
        'data-chosen': chosen || undefined,
        'data-waiting': count > 0 || undefined,
        'data-late': late > 0 || undefined,
      }}
    >
      <UnstyledButton onClick={() => choose(chosen ? undefined : id)} aria-expanded={chosen} w="100%">
        <Text size="sm" fw={600} lh={1.3}>
          {name(step)}
        </Text>
        {detail && (
          <Text size="xs" c="dimmed" lh={1.35}>
            {detail}
          </Text>
        )}
        {of > 0 && kind !== 'request' && kind !== 'read' && (
          <Text size="xs" c="dimmed" lh={1.35}>
            {say('passed', { share: percent(passed / of, language) })}
          </Text>
        )}
      </UnstyledButton>
      {count > 0 && (
        <Anchor component={Link} href={waitingPath(part.process, firstOf(waiting))} size="xs" fw={600}>
          {waitingInWords(say, count, atRiskOf(waiting), late)}
        </Anchor>
      )}
    </li>
  );
}

/** Where several queues have it, the link shows them all. */
const firstOf = (waiting: Step['waiting']) => ({
  ...waiting[0]!,
  owner: waiting.length === 1 ? waiting[0]!.owner : null,
});

type Say = ReturnType<typeof useTexts<keyof (typeof texts)['en']>>;

const waitingInWords = (say: Say, count: number, atRisk: number, late: number): string =>
  [
    say('waiting', { count }),
    ...(late > 0 ? [say('late', { count: late })] : []),
    ...(atRisk > 0 ? [say('at-risk', { count: atRisk })] : []),
  ].join(', ');
