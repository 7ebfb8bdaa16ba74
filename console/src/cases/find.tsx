import { Button, Center, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { ApiProblem } from '../api/client.ts';
import { useFoundCases } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { Page } from '../shared/page.tsx';
import { Empty, Failed, Loading } from '../shared/states.tsx';
import { Filters } from './filters.tsx';
import { findTexts } from './find-texts.ts';
import { Results } from './results.tsx';
import { SavedSearches } from './saved.tsx';
import { changed, isEmpty, queryOf, type Search, searchIn } from './search.ts';

/** Any case, by what one knows of it. All of the search stands in the address. */
export function Find() {
  const say = useTexts(findTexts);
  const [params, setParams] = useSearchParams();
  const search = searchIn(params);
  const shown = new URLSearchParams(changed(search, {})).toString();
  const found = useFoundCases(queryOf(search));
  return (
    <Page title={say('title')} actions={<SavedSearches shown={shown} />}>
      <Filters
        key={`${search.q} ${search.requester}`}
        search={search}
        refused={isTooMany(found.error) ? say('too-many') : undefined}
        change={(change) => setParams(changed(search, change))}
        clear={() => setParams({})}
      />
      <Found search={search} found={found} />
    </Page>
  );
}

const isTooMany = (error: unknown): boolean =>
  error instanceof ApiProblem && error.errors.some(({ field }) => field === 'q');

function Found({ search, found }: { search: Search; found: ReturnType<typeof useFoundCases> }) {
  const say = useTexts(findTexts);
  if (isTooMany(found.error)) return null;
  if (found.isError && !found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const cases = found.data.pages.flatMap((page) => page.cases);
  const count = { count: cases.length };
  return (
    <Stack gap="sm">
      <Text role="status" size="sm" c="dimmed">
        {found.hasNextPage ? say('found.and-more', count) : say('found.so-far', count)}
      </Text>
      {cases.length > 0 ? <Results cases={cases} /> : <None search={search} />}
      {found.hasNextPage && (
        <Center>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {say('more')}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function None({ search }: { search: Search }) {
  const say = useTexts(findTexts);
  const which = isEmpty(search) ? 'none.yet' : 'none';
  return <Empty title={say(which)}>{say(`${which}.why`)}</Empty>;
}
