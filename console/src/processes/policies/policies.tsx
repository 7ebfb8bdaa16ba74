import { Group, Select, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { usePolicyTable, usePolicyVersions } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Empty, Shown } from '../../shared/states.tsx';
import { dateTime } from '../../shared/when.ts';
import type { Part } from '../process-page.tsx';
import { PolicyDiff } from './policy-diff.tsx';
import { PolicyTable } from './policy-table.tsx';
import { texts } from './texts.ts';
import { Versions } from './versions.tsx';

/** The decision tables of a process, one at a time: its rows, its versions, and what changed between two. */
export function PoliciesTab(part: Part) {
  const [search, setSearch] = useSearchParams();
  const say = useTexts(texts);
  const words = useWords();
  const names = Object.keys(part.contracts.policies);
  const policy = names.find((one) => one === search.get('policy')) ?? names[0]!;
  const to = (more: Record<string, string>) => setSearch({ tab: 'policies', policy, ...more });
  return (
    <Stack gap="lg">
      <Select
        {...{ label: say('choose'), value: policy, allowDeselect: false, maw: 420 }}
        data={names.map((name) => ({ value: name, label: words.of(part.process, 'policies', name) }))}
        onChange={(next) => to({ policy: next! })}
      />
      <Policy key={policy} {...part} policy={policy} to={to} />
    </Stack>
  );
}

interface Props extends Part {
  policy: string;
  to(more: Record<string, string>): void;
}

function Policy({ policy, to, ...part }: Props) {
  const say = useTexts(texts);
  const versions = usePolicyVersions(part.process, policy);
  return (
    <Shown of={versions}>
      {(found) =>
        found.versions.length === 0 ? (
          <Empty title={say('unpublished')}>{say('unpublished.why')}</Empty>
        ) : (
          <Published {...part} {...{ policy, to }} found={found} />
        )
      }
    </Shown>
  );
}

type Found = NonNullable<ReturnType<typeof usePolicyVersions>['data']>;

function Published({ policy, to, found, ...part }: Props & { found: Found }) {
  const [search] = useSearchParams();
  const { versions, decided } = found;
  const asked = (name: string) => versions.find(({ version }) => String(version) === search.get(name))?.version;
  const version = asked('version') ?? versions[0]!.version;
  const against = asked('against');
  const { process, contracts } = part;
  const table = usePolicyTable(process, policy, version);
  const other = usePolicyTable(process, policy, against);
  const { facts, outputs: says } = contracts.policies[policy]!;
  return (
    <Stack gap="lg">
      <Choosing {...{ process, policy, to, versions, version, against }} />
      <Shown of={table}>
        {(shown) =>
          against === undefined ? (
            <Stack gap="md">
              <How process={process} on={contracts.policies[policy]!.on} hit={shown.hit} />
              <PolicyTable {...{ process, facts, says, hit: shown.hit, table: shown, decided }} />
            </Stack>
          ) : (
            <Shown of={other}>
              {(second) => {
                const [before, after] = [shown, second].toSorted((a, b) => a.version - b.version);
                return <PolicyDiff {...{ process, facts, says, hit: shown.hit, before: before!, after: after! }} />;
              }}
            </Shown>
          )
        }
      </Shown>
      <Versions {...{ versions, version, to }} />
    </Stack>
  );
}

function How({ process, on, hit }: { process: string; on: string; hit: 'first' | 'collect' }) {
  const say = useTexts(texts);
  const words = useWords();
  return (
    <Text size="sm" c="dimmed" maw="72ch">
      {say('on', { terms: words.of(process, 'terms', on) })} {say(`hit.${hit}`)} {say('cases.why')}
    </Text>
  );
}

interface Choice extends Pick<Props, 'process' | 'policy' | 'to'> {
  versions: Found['versions'];
  version: number;
  against: number | undefined;
}

function Choosing({ to, versions, version, against }: Choice) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const label = (one: Found['versions'][number]) => {
    const said = say('version.n', { version: one.version, at: dateTime(one.publishedAt, language) });
    return one === versions[0] ? `${said} (${say('now')})` : said;
  };
  const data = versions.map((one) => ({ value: String(one.version), label: label(one) }));
  const others = data.filter(({ value }) => value !== String(version));
  return (
    <Group gap="md" align="flex-end">
      <Select
        {...{ label: say('version'), value: String(version), data, allowDeselect: false, w: 420, maw: '100%' }}
        onChange={(next) => to({ version: next! })}
      />
      <Select
        {...{ label: say('compare'), value: against === undefined ? null : String(against), data: others, w: 420 }}
        {...{ maw: '100%', clearable: true, placeholder: others.length === 0 ? say('compare.none') : '' }}
        disabled={others.length === 0}
        onChange={(next) => to({ version: String(version), ...(next === null ? {} : { against: next }) })}
      />
    </Group>
  );
}
