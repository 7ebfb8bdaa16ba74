import { Button, Group, Menu, Paper } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { useChange } from '../../api/handoff.ts';
import { useTexts } from '../../language/language.tsx';
import { useAround } from '../around.tsx';
import { texts } from '../texts.ts';
import type { Answer } from './answers.ts';
import classes from './bar.module.css';

interface Props {
  amending: boolean;
  changed: boolean;
  onAmend(amending: boolean): void;
  onAnswer(answer: Answer): void;
}

interface One {
  name:
    | 'reject'
    | 'return'
    | 'amend'
    | 'amend.stop'
    | 'ask'
    | 'claim'
    | 'release'
    | 'assign'
    | 'comment'
    | 'stand-in'
    | 'help';
  does(): void;
  ends?: boolean;
}

/** What can be answered, always in reach. */
export function Bar({ amending, changed, onAmend, onAnswer }: Props) {
  const say = useTexts(texts);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { brief, handoff } = useAround();
  const all = useAll({ amending, onAmend, onAnswer });
  const decides = handoff.kind === 'decision' && !brief.may.answer;
  /** Changed terms may be within one's limit, though the proposed ones are not. */
  const mayApprove = !brief.may.approve || (changed && brief.may.approve.code === 'limit-exceeded');
  const shown = narrow ? all.filter(({ ends }) => ends) : all.filter(({ name }) => !inMenu.has(name));
  const rest = all.filter((one) => !shown.includes(one));
  return (
    <Paper withBorder p="sm" className={`${classes['bar']} not-printed`} component="section" aria-label={say('more')}>
      <Group gap="xs" wrap="nowrap">
        {decides && (
          <Button px={narrow ? 'xs' : 'md'} onClick={() => onAnswer('approve')} disabled={!mayApprove}>
            {say(changed ? 'approve.amended' : 'approve')}
          </Button>
        )}
        {shown.map(({ name, does, ends }) => (
          <Button
            key={name}
            px={narrow ? 'xs' : 'md'}
            onClick={does}
            {...(ends ? { variant: 'outline', color: 'red' } : { variant: 'default' })}
          >
            {say(name)}
          </Button>
        ))}
        <Menu>
          <Menu.Target>
            <Button px={narrow ? 'xs' : 'md'} variant="default">
              {say('more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ name, does }) => (
              <Menu.Item key={name} onClick={does}>
                {say(name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Paper>
  );
}

const inMenu: ReadonlySet<string> = new Set(['assign', 'comment', 'stand-in', 'help', 'release', 'claim']);

/** All but to approve, in the order in which one most likely wants it. */
function useAll({ amending, onAmend, onAnswer }: Pick<Props, 'amending' | 'onAmend' | 'onAnswer'>): One[] {
  const { brief, handoff, person } = useAround();
  const claim = useChange(handoff.id, 'claim');
  const release = useChange(handoff.id, 'release');
  const [, goTo] = useLocation();
  const { kind, mayAmend, claimedBy, version } = handoff;
  const mayAnswer = !brief.may.answer;
  const decides = kind === 'decision' && mayAnswer;
  const amend: One = amending
    ? { name: 'amend.stop', does: () => onAmend(false) }
    : { name: 'amend', does: () => onAmend(true) };
  const taking: One =
    claimedBy === person
      ? { name: 'release', does: () => release.mutate({ version }) }
      : { name: 'claim', does: () => claim.mutate({ version }) };
  return [
    ...(decides && mayAmend.length > 0 ? [amend] : []),
    ...(decides ? [{ name: 'reject' as const, does: () => onAnswer('reject'), ends: true }] : []),
    ...(decides ? [{ name: 'return' as const, does: () => onAnswer('return') }] : []),
    ...(mayAnswer && kind !== 'rework' ? [{ name: 'ask' as const, does: () => onAnswer('ask') }] : []),
    ...(mayAnswer ? [taking] : []),
    ...(brief.may.comment ? [{ name: 'comment' as const, does: () => onAnswer('comment') }] : []),
    ...(brief.may.assign ? [{ name: 'assign' as const, does: () => onAnswer('assign') }] : []),
    ...(mayAnswer ? [{ name: 'stand-in' as const, does: () => goTo('/me') }] : []),
    { name: 'help', does: () => onAnswer('help') },
  ];
}
