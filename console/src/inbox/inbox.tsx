import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { type Handoff, useClaim, useHandoffs } from '../api/handoffs.ts';
import { type Me, useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { Empty, Failed, Loading, Shown } from '../shared/states.tsx';
import { useWhy } from '../shared/why.ts';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, inBar, useFilters, wantedBy } from './filters.ts';
import { List } from './list.tsx';
import { Questions, QuestionsNotice } from './questions.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { ShortcutsDialog } from './shortcuts.tsx';
import { texts } from './texts.ts';
import { useListKeys } from './use-list-keys.ts';

/** What waits for whoever is signed in. */
export function Inbox() {
  const me = useMe();
  return <Shown of={me}>{(data) => <InboxOf me={data} />}</Shown>;
}

const tabs = ['all', 'decision', 'task', 'questions'] as const;
const hrefOf = (tab: Filters['tab']) => (tab === 'all' ? '/handoffs' : `/handoffs?kind=${tab}`);

function InboxOf({ me }: { me: Me }) {
  const say = useTexts(texts);
  const { filters, set } = useFilters();
  const [helps, { open: help, close: endHelp }] = useDisclosure();
  return (
    <Page
      title={say('title')}
      actions={
        <Button variant="subtle" visibleFrom="sm" onClick={help}>
          {say('shortcuts')}
        </Button>
      }
    >
      <Group component="nav" aria-label={say('views')} gap={0}>
        {tabs.map((tab) => (
          <Button
            key={tab}
            component={Link}
            href={hrefOf(tab)}
            variant={filters.tab === tab ? 'light' : 'subtle'}
            color={filters.tab === tab ? 'blue' : 'gray'}
            aria-current={filters.tab === tab ? 'page' : undefined}
            size="compact-sm"
            fz={{ base: 'xs', sm: 'sm' }}
          >
            {say(`view.${tab}`)}
          </Button>
        ))}
      </Group>
      {filters.tab === 'questions' ? <Questions /> : <Waiting me={me} filters={filters} set={set} help={help} />}
      {helps && <ShortcutsDialog onClose={endHelp} />}
    </Page>
  );
}

interface WaitingProps {
  me: Me;
  filters: Filters;
  set: ReturnType<typeof useFilters>['set'];
  help(): void;
}

function Waiting({ me, filters, set, help }: WaitingProps) {
  const say = useTexts(texts);
  const why = useWhy();
  const found = useHandoffs(wantedBy(filters, me.person));
  const handoffs = useMemo(() => once(found.data?.pages.flatMap((page) => page.handoffs) ?? []), [found.data]);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const [claim, release] = [useClaim('claim'), useClaim('release')];
  const leads = me.leads.length > 0 || me.roles.includes('admin');
  const mayClaim = (one: Handoff) => me.queues.includes(one.owner) || one.person === me.person;
  const mayPick = (one: Handoff) => one.state === 'open' && (leads || mayClaim(one));
  const pick = useCallback((id: string) => setPicked((before) => toggled(before, id)), []);
  const { current, focused, onCurrent } = useListKeys({
    ...{ handoffs, search, pick, help },
    claim: claim.mutate,
    release: release.mutate,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const onClaim = (one: Handoff) => (one.claimedBy === me.person ? release : claim).mutate(one);
  const chosen = handoffs.filter(({ id }) => picked.has(id));
  return (
    <>
      {filters.tab === 'all' && <QuestionsNotice href={hrefOf('questions')} />}
      <FilterBar filters={filters} set={set} me={me} search={search} />
      {(['claim', 'release'] as const).map((what) => {
        const { error, reset } = what === 'claim' ? claim : release;
        return (
          error && (
            <Notice
              key={what}
              color="orange"
              role="alert"
              withCloseButton
              closeButtonLabel={say('close')}
              onClose={reset}
            >
              {say(`${what}.failed`, { why: why(error) })}
            </Notice>
          )
        );
      })}
      {found.isPending && <Loading />}
      {found.isError && handoffs.length === 0 && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && handoffs.length === 0 && <Nothing filters={filters} />}
      {handoffs.length > 0 && (
        <List
          {...{ handoffs, current, focused, picked, mayClaim, mayPick, onCurrent, onClaim }}
          me={me.person}
          onPick={pick}
          hasMore={hasNextPage}
          onMore={more}
        />
      )}
      <SelectionBar
        handoffs={chosen}
        mayClaim={chosen.every(mayClaim)}
        mayAssign={leads}
        onDone={() => setPicked(new Set())}
      />
    </>
  );
}

function Nothing({ filters }: { filters: Filters }) {
  const say = useTexts(texts);
  const isFiltered = filters.search !== '' || inBar.some((name) => filters[name] !== '');
  return isFiltered ? (
    <Empty title={say('empty.none-fits')}>{say('empty.none-fits.why')}</Empty>
  ) : (
    <Empty title={say('empty')}>{say('empty.why')}</Empty>
  );
}

/** What moved while pages were read may stand on two of them. */
function once(handoffs: readonly Handoff[]): Handoff[] {
  return [...new Map(handoffs.map((one) => [one.id, one])).values()];
}

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
