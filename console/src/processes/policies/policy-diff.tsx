import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { Table } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Tag, type Tone } from '../../shared/tag.tsx';
import { diffTables, type Row, type RowChange } from './diff.ts';
import classes from './policies.module.css';
import { type OfTable, Rule, Then, When } from './row-cells.tsx';
import { texts } from './texts.ts';

interface Props extends OfTable {
  before: Table;
  after: Table;
}

const tones: Record<RowChange['what'][number], Tone> = {
  added: 'good',
  removed: 'bad',
  changed: 'warning',
  moved: 'accent',
};

/** What changed from one version to a later one, row by row; what stayed as it was is counted. */
export function PolicyDiff({ before, after, ...of }: Props) {
  const say = useTexts(texts);
  const all = diffTables(before.rows, after.rows);
  const changes = all.filter(({ what }) => what.length > 0);
  return (
    <Stack gap="md" component="section" aria-label={say('diff.of', { before: before.version, after: after.version })}>
      <Title order={2}>{say('diff.of', { before: before.version, after: after.version })}</Title>
      <Text size="sm">
        {changes.length === 0 ? say('diff.none') : say('changes', { count: changes.length })}{' '}
        {changes.length > 0 && say('unchanged', { count: all.length - changes.length })}
      </Text>
      {changes.map((change) => (
        <Change key={change.rule} change={change} of={of} />
      ))}
    </Stack>
  );
}

function Change({ change: { rule, before, after, from, to, what }, of }: { change: RowChange; of: OfTable }) {
  const say = useTexts(texts);
  const words = useWords();
  const differs = what.includes('changed');
  return (
    <Card
      {...{ withBorder: true, padding: 'md', component: 'section', 'data-rule': rule }}
      aria-label={words.of(of.process, 'rules', rule)}
    >
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={3}>{words.of(of.process, 'rules', rule)}</Title>
          {what.map((one) => (
            <Tag key={one} tone={tones[one]}>
              {say(`diff.${one}`, { before: from ?? '', after: to ?? '' })}
            </Tag>
          ))}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: differs ? 2 : 1 }}>
          {(differs || !after) && <Side kind="before" row={before!} of={of} />}
          {after && <Side kind="after" row={after} of={of} />}
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

/** One side of a change: `ins` and `del` say to who listens what colours say to who looks. */
function Side({ kind, row, of }: { kind: 'before' | 'after'; row: Row; of: OfTable }) {
  const say = useTexts(texts);
  const Mark = kind === 'before' ? 'del' : 'ins';
  return (
    <Mark className={classes[kind]}>
      <Stack gap="xs">
        <Text size="xs" fw={600}>
          {say(kind)}
        </Text>
        <Rule row={row} process={of.process} />
        <When row={row} {...of} />
        <Then row={row} {...of} />
      </Stack>
    </Mark>
  );
}
