import { Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { bulkAtMost, type Handoff, type Results, useClaimSeveral } from '../api/handoffs.ts';
import { useTexts } from '../language/language.tsx';
import { Notice } from '../shared/notice.tsx';
import { useAsked } from '../shared/asked.ts';
import { useWhy } from '../shared/why.ts';
import { AssignDialog } from './assign-dialog.tsx';
import classes from './inbox.module.css';
import { texts } from './texts.ts';

interface SelectionProps {
  handoffs: readonly Handoff[];
  mayClaim: boolean;
  mayAssign: boolean;
  onDone(): void;
}

/** What can be done about all that is selected, within reach at the bottom; then what became of each. */
export function SelectionBar({ handoffs, mayClaim, mayAssign, onDone }: SelectionProps) {
  const say = useTexts(texts);
  const why = useWhy();
  const claim = useClaimSeveral();
  const [results, setResults] = useState<{ of: readonly Handoff[]; results: Results }>();
  const [opened, { open, close }] = useDisclosure();
  const chosen = handoffs.slice(0, bulkAtMost);
  const done = (of: readonly Handoff[], all: Results) => {
    setResults({ of, results: all });
    onDone();
  };
  return (
    <div className={classes.bar}>
      {results && <Became {...results} onClose={() => setResults(undefined)} />}
      {chosen.length > 0 && (
        <Paper withBorder shadow="md" p="sm" component="section" aria-label={say('selection')}>
          <Group gap="xs">
            <Text fw={600} role="status">
              {say('selected', { count: chosen.length })}
            </Text>
            {mayClaim && (
              <Button
                size="compact-md"
                loading={claim.isPending}
                onClick={() =>
                  claim.mutate(
                    chosen.map(({ id }) => id),
                    { onSuccess: (answer) => done(chosen, answer.results) },
                  )
                }
              >
                {say('bulk.claim')}
              </Button>
            )}
            {mayAssign && (
              <Button size="compact-md" variant="default" onClick={open}>
                {say('bulk.assign')}
              </Button>
            )}
            <Button size="compact-md" variant="subtle" onClick={onDone}>
              {say('bulk.clear')}
            </Button>
          </Group>
          {claim.error && (
            <Text size="sm" role="alert" pt="xs">
              {say('claim.failed', { why: why(claim.error) })}
            </Text>
          )}
        </Paper>
      )}
      {opened && <AssignDialog onClose={close} handoffs={chosen} onDone={(all) => done(chosen, all)} />}
    </div>
  );
}

const Asked = ({ of }: { of: Handoff }) => useAsked(of);

function Became({ of, results, onClose }: { of: readonly Handoff[]; results: Results; onClose(): void }) {
  const say = useTexts(texts);
  const failed = results.filter(({ done }) => !done);
  const title = say('bulk.done', { count: results.length - failed.length });
  return (
    <Notice
      role="status"
      color={failed.length > 0 ? 'orange' : 'teal'}
      title={title}
      withCloseButton
      closeButtonLabel={say('close')}
      onClose={onClose}
      mb="sm"
    >
      {failed.length > 0 && (
        <Stack gap="xs">
          <Text size="sm">{say('bulk.failed', { count: failed.length })}</Text>
          <List size="sm">
            {failed.map(({ id, code, detail }) => {
              const handoff = of.find((one) => one.id === id);
              return (
                <List.Item key={id}>
                  {handoff ? <Asked of={handoff} /> : id} ({detail ?? code})
                </List.Item>
              );
            })}
          </List>
        </Stack>
      )}
    </Notice>
  );
}
