import { Alert, Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import { Link, useSearchParams } from 'wouter';
import { type Contracts, useContracts, useWorkload, type Workload } from '../api/processes.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Page } from '../shared/page.tsx';
import { Shown } from '../shared/states.tsx';
import { usePlace } from '../shared/use-place.ts';
import { ContractsTab } from './contracts/contracts.tsx';
import { ControlsTab } from './controls/controls.tsx';
import { FlowTab } from './flow/flow.tsx';
import { processPath, queuePath } from './links.ts';
import { People } from './people.tsx';
import { PoliciesTab } from './policies/policies.tsx';
import { texts } from './texts.ts';
import { useStops } from './use-stops.ts';

export interface Part {
  process: string;
  contracts: Contracts;
  now: Workload;
}

const parts = {
  flow: FlowTab,
  contracts: ContractsTab,
  policies: PoliciesTab,
  controls: ControlsTab,
  people: People,
} as const;
type Tab = keyof typeof parts;
const isTab = (value: string | null): value is Tab => value !== null && Object.hasOwn(parts, value);

/** One process: how it runs, what it is held to, what it rules by, what stops it, and who answers. */
export function ProcessPage() {
  const process = usePlace('process');
  const words = useWords();
  const contracts = useContracts(process);
  const workload = useWorkload({ enabled: contracts.data !== undefined, process });
  return (
    <Page title={words.process(process)}>
      <Shown of={contracts}>
        {(held) => (
          <Shown of={workload}>
            {({ processes: [now] }) => <Inside {...{ process, contracts: held, now: now! }} />}
          </Shown>
        )}
      </Shown>
    </Page>
  );
}

function Inside(part: Part) {
  const say = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('tab');
  const tab: Tab = isTab(asked) ? asked : 'flow';
  const Body = parts[tab];
  const choices = (Object.keys(parts) as Tab[]).filter(
    (name) => name !== 'policies' || Object.keys(part.contracts.policies).length > 0,
  );
  return (
    <Stack gap="lg">
      <Standing {...part} />
      <Tabs value={tab} onChange={(to) => setSearch(to === 'flow' ? {} : { tab: to! })} keepMounted={false}>
        <Tabs.List mb="lg" aria-label={say('tabs')}>
          {choices.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {say(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Body {...part} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** Who owns it, and whether something stops it. */
function Standing({ process, contracts, now }: Part) {
  const say = useTexts(texts);
  const words = useWords();
  const stops = useStops(process);
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Text size="sm">
          {say('owner')}:{' '}
          <Anchor component={Link} href={queuePath(contracts.owner)} size="sm" underline="always">
            {words.shared('queues', contracts.owner)}
          </Anchor>
        </Text>
        <Text size="sm">{say('open-cases', { count: now.open })}</Text>
      </Group>
      {now.stops.length > 0 && (
        <Alert color="red" role="status" title={say('stopped.by', { stops: now.stops.map(stops).join(', ') })}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{say('stopped.why')}</Text>
            <Anchor
              {...{ component: Link, href: processPath(process, { tab: 'controls' }), size: 'sm', underline: 'always' }}
              c="var(--mantine-color-text)"
            >
              {say('see-controls')}
            </Anchor>
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}
