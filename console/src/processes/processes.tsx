import { Stack, Text, Title } from '@mantine/core';
import { seesProcesses, useMe } from '../api/me.ts';
import { useProcesses, useWorkload, type Workload } from '../api/processes.ts';
import { useTexts } from '../language/language.tsx';
import { Page } from '../shared/page.tsx';
import { Empty, Shown } from '../shared/states.tsx';
import { OtherProcesses } from './other-processes.tsx';
import { ProcessTable } from './process-table.tsx';
import { texts } from './texts.ts';

interface Named {
  name: string;
  owner: string;
  internal: boolean;
}

/** Every process: those that one sees with what is open in them, the others by name. */
export function Processes() {
  const say = useTexts(texts);
  const me = useMe();
  const processes = useProcesses();
  const sees = me.data !== undefined && seesProcesses(me.data);
  const workload = useWorkload({ enabled: sees });
  return (
    <Page title={say('title')}>
      <Shown of={processes}>
        {(all) =>
          sees ? (
            <Shown of={workload}>{(now) => <Split all={all.processes} now={now.processes} />}</Shown>
          ) : (
            <Split all={all.processes} now={[]} />
          )
        }
      </Shown>
    </Page>
  );
}

function Split({ all, now }: { all: readonly Named[]; now: readonly Workload[] }) {
  const say = useTexts(texts);
  const seen = all.flatMap((one) => {
    const its = now.find(({ process }) => process === one.name);
    return its ? [{ ...one, ...its }] : [];
  });
  const others = all.filter(({ name, internal }) => !internal && !seen.some((one) => one.name === name));
  const groups = [
    ['yours', seen.filter(({ internal }) => !internal)],
    ['baton', seen.filter(({ internal }) => internal)],
  ] as const;
  if (all.length === 0) return <Empty title={say('none')} />;
  return (
    <Stack gap="xl">
      {groups
        .filter(([, its]) => its.length > 0)
        .map(([name, its]) => (
          <Stack gap="sm" key={name} component="section" aria-label={say(name)}>
            {name === 'baton' && <Title order={2}>{say(name)}</Title>}
            <ProcessTable processes={its} />
          </Stack>
        ))}
      {others.length > 0 && (
        <Stack gap="sm" component="section" aria-label={say('others')}>
          <Title order={2}>{say('others')}</Title>
          <Text size="sm" c="dimmed" maw="72ch">
            {say('others.why')}
          </Text>
          <OtherProcesses processes={others} />
        </Stack>
      )}
    </Stack>
  );
}
