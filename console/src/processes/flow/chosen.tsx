import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useTexts } from '../../language/language.tsx';
import { Tag } from '../../shared/tag.tsx';
import { processPath, waitingPath } from '../links.ts';
import type { Part } from '../process-page.tsx';
import { type StepKind, useStepWords } from '../step-words.ts';
import { useWaiting } from '../waits-for.tsx';
import { type Line, type Step, touches } from './model.ts';
import { texts } from './texts.ts';

interface Props extends Part {
  step: Step;
  lines: readonly Line[];
  choose(id: string | undefined): void;
}

/** What comes before and after a step, what waits there, and where more of it stands. */
export function Chosen({ step, lines, choose, ...part }: Props) {
  const say = useTexts(texts);
  const name = useStepWords(part.process, part.contracts);
  const its = lines.filter((line) => line.share !== null && touches(line, step.id));
  const isThis = (id: string) => id === step.id || (step.kind === 'read' && id === 'read:');
  const before = its.filter(({ to, from }) => isThis(to) && !isThis(from));
  const after = its.filter(({ from, to }) => isThis(from) && !isThis(to));
  return (
    <Card withBorder padding="md" role="region" aria-label={name(step)}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={3}>{name(step)}</Title>
          <Button variant="default" size="compact-sm" onClick={() => choose(undefined)}>
            {say('close')}
          </Button>
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Waits part={part} step={step} />
          <Ways part={part} title="before" ways={before.map(({ from, cases }) => ({ id: from, cases }))} />
          <Ways part={part} title="after" ways={after.map(({ to, cases }) => ({ id: to, cases }))} />
        </SimpleGrid>
        <More part={part} step={step} />
      </Stack>
    </Card>
  );
}

function Waits({ part: { process }, step: { waiting } }: { part: Part; step: Step }) {
  const say = useTexts(texts);
  const { whose } = useWaiting(process);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {say('waits')}
      </Text>
      {waiting.length === 0 && <Text size="sm">{say('nothing-waits')}</Text>}
      {waiting.map((one) => (
        <Group key={`${one.kind}/${one.owner}`} gap="xs">
          <Anchor component={Link} href={waitingPath(process, one)} size="sm">
            {one.count} × {whose(one)}
          </Anchor>
          {one.late > 0 && <Tag tone="bad">{say('late', { count: one.late })}</Tag>}
          {one.atRisk > 0 && <Tag tone="warning">{say('at-risk', { count: one.atRisk })}</Tag>}
        </Group>
      ))}
    </Stack>
  );
}

function Ways(props: { part: Part; title: 'before' | 'after'; ways: readonly { id: string; cases: number }[] }) {
  const { part, title, ways } = props;
  const say = useTexts(texts);
  const name = useStepWords(part.process, part.contracts);
  const called = (id: string) => {
    const [kind, its] = [id.slice(0, id.indexOf(':')) as StepKind, id.slice(id.indexOf(':') + 1)];
    return its === '' ? say(kind) : name({ kind, name: its });
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {say(title)}
      </Text>
      {ways.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('no-lines')}
        </Text>
      )}
      {ways.slice(0, 8).map(({ id, cases }) => (
        <Text key={id} size="sm">
          {called(id)}{' '}
          <Text span c="dimmed" size="sm">
            {say('cases', { count: cases })}
          </Text>
        </Text>
      ))}
    </Stack>
  );
}

function More({ part: { process, contracts }, step: { kind, name } }: { part: Part; step: Step }) {
  const say = useTexts(texts);
  if (kind === 'ruling' && Object.hasOwn(contracts.policies, name))
    return (
      <Anchor component={Link} href={processPath(process, { tab: 'policies', policy: name })} size="sm">
        {say('see-table')}
      </Anchor>
    );
  if (kind === 'task') return null;
  return (
    <Anchor component={Link} href={processPath(process, { tab: 'contracts', of: kind })} size="sm">
      {say('see-contract')}
    </Anchor>
  );
}
