import { Stack, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../shared/states.tsx';
import type { Part } from '../process-page.tsx';
import { declaredAs, type StepKind } from '../step-words.ts';
import { ActionContract } from './action.tsx';
import { EventContract, OutcomeContract, RequestContract, SourceContract } from './data.tsx';
import { HandoffContract } from './handoff.tsx';
import { InferenceContract, PolicyContract } from './judging.tsx';
import { texts } from './texts.ts';

export interface OfStep extends Part {
  name: string;
}

const kinds = {
  read: SourceContract,
  inference: InferenceContract,
  ruling: PolicyContract,
  handoff: HandoffContract,
  action: ActionContract,
  event: EventContract,
  outcome: OutcomeContract,
} satisfies Partial<Record<StepKind, (step: OfStep) => ReactNode>>;
const all = ['request', ...(Object.keys(kinds) as (keyof typeof kinds)[])] as const;

/** What each step is held to, a kind at a time. */
export function ContractsTab(part: Part) {
  const say = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('of');
  const kind = all.find((one) => one === asked) ?? 'request';
  return (
    <Tabs
      {...{ variant: 'pills', value: kind, keepMounted: false }}
      onChange={(to) => setSearch({ tab: 'contracts', of: to! })}
    >
      <Tabs.List mb="lg" aria-label={say('kinds')}>
        {all.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {say(one)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={kind}>
        <Stack gap="lg">{kind === 'request' ? <RequestContract {...part} /> : <Steps {...part} kind={kind} />}</Stack>
      </Tabs.Panel>
    </Tabs>
  );
}

function Steps({ kind, ...part }: Part & { kind: keyof typeof kinds }) {
  const say = useTexts(texts);
  const Contract = kinds[kind];
  const names = Object.keys(part.contracts[declaredAs(kind)!]);
  if (names.length === 0) return <Empty title={say('nothing')}>{say('nothing.why')}</Empty>;
  return names.map((name) => <Contract key={name} {...part} name={name} />);
}
