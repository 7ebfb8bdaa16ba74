import { Stack, Text, Title } from '@mantine/core';
import { usePassage, type SwitchOf, useSwitches } from '../../api/processes.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Shown } from '../../shared/states.tsx';
import type { Part } from '../process-page.tsx';
import type { May } from './controls.tsx';
import { History } from './history.tsx';
import { StopModel } from './stop-model.tsx';
import { SwitchRow } from './switch-row.tsx';
import { texts } from './texts.ts';
import { useSwitchName } from './use-switch-name.ts';

/** Each switch that this process is held by: its own, those of the systems it writes to and the models it asks, and the one of all. */
export function SwitchesPart({ may, ...part }: Part & { may: May }) {
  const say = useTexts(texts);
  const words = useWords();
  const switches = useSwitches();
  const { process, contracts } = part;
  const models = usePassage(process).data?.models ?? [];
  const name = useSwitchName();
  return (
    <Stack gap="md" component="section" aria-label={say('switches')}>
      <Title order={2}>{say('switches')}</Title>
      <Text size="sm" maw="72ch">
        {say('switches.why')}
      </Text>
      {!may.process && <Text size="sm">{say('not-yours', { owner: words.shared('queues', contracts.owner) })}</Text>}
      {!may.all && <Text size="sm">{say('not-yours.systems')}</Text>}
      <Shown of={switches}>
        {(known) => {
          const asks = Object.keys(contracts.inferences).length > 0;
          const stoppable = asks ? [...models, ...namesOf(known.switches, 'model')] : [];
          const all = switchesOf(part, stoppable);
          const changes = known.changes.filter((one) =>
            all.some((of) => of.scope === one.scope && of.name === one.name),
          );
          return (
            <Stack gap="md">
              {all.map((of) => (
                <SwitchRow
                  key={`${of.scope}/${of.name}`}
                  {...{ of, owner: contracts.owner }}
                  now={known.switches.find((one) => one.scope === of.scope && one.name === of.name)}
                  may={of.scope === 'process' ? may.process : may.all}
                />
              ))}
              {asks && may.all && <StopModel />}
              <History
                changes={changes.map(({ stopped, by, because, at, ...of }) => ({
                  ...{ by, because, at },
                  what: say(stopped ? 'was-stopped' : 'was-lifted', { what: name(of) }),
                }))}
              />
            </Stack>
          );
        }}
      </Shown>
    </Stack>
  );
}

const namesOf = (switches: readonly SwitchOf[], scope: SwitchOf['scope']) =>
  switches.filter((one) => one.scope === scope).map((one) => one.name);

function switchesOf({ process, contracts }: Part, models: readonly string[]): SwitchOf[] {
  const systems = new Set(Object.values(contracts.actions).map(({ does }) => does.split('.')[0]!));
  return [
    { scope: 'process', name: process },
    ...[...systems].map((name): SwitchOf => ({ scope: 'system', name })),
    ...[...new Set(models)].map((name): SwitchOf => ({ scope: 'model', name })),
    { scope: 'all', name: 'all' },
  ];
}
