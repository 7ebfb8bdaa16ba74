import { Anchor, Button, Drawer, Stack, Table, Text } from '@mantine/core';
import { Link, useSearchParams } from 'wouter';
import { useCasesBehind } from '../api/scorecard.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Empty, Shown } from '../shared/states.tsx';
import { dateTime } from '../shared/when.ts';
import { shownValue } from './figures.ts';
import { texts } from './texts.ts';

/** The cases behind the figure that the address names. */
export function CasesBehind() {
  const say = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const behind = search.get('behind');
  const close = () =>
    setSearch((before) => {
      before.delete('behind');
      before.delete('of');
      return before;
    });
  return (
    <Drawer
      opened={behind !== null}
      onClose={close}
      position="right"
      size="lg"
      title={say('cases-of', { what: search.get('of') ?? '' })}
    >
      {behind !== null && <Cases search={behind} />}
    </Drawer>
  );
}

function Cases({ search }: { search: string }) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const behind = useCasesBehind(search);
  return (
    <Shown of={behind}>
      {({ pages }) => {
        const { unit, currency } = pages[0]!;
        // Of a share each case is in it or not.
        const counted = { unit: unit === 'share' ? 'cases' : unit, currency };
        const cases = pages.flatMap((page) => page.cases);
        if (cases.length === 0) return <Empty title={say('no-cases')} />;
        return (
          <Stack gap="sm">
            <Table.ScrollContainer minWidth={320}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{say('open-case')}</Table.Th>
                    <Table.Th>{say('at')}</Table.Th>
                    <Table.Th ta="right">{say('adds')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {cases.map(({ caseId, at, value }, place) => (
                    <Table.Tr key={`${caseId} ${place}`}>
                      <Table.Td>
                        <Anchor component={Link} href={`/cases/${encodeURIComponent(caseId)}`} size="sm">
                          {words.process(caseId.slice(0, caseId.indexOf('/')))}{' '}
                          {decodeURIComponent(caseId.slice(caseId.indexOf('/') + 1))}
                        </Anchor>
                      </Table.Td>
                      <Table.Td>
                        <Text size="sm">{dateTime(at, language)}</Text>
                      </Table.Td>
                      <Table.Td ta="right">{shownValue(value, counted, language)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            {behind.hasNextPage && (
              <Button variant="default" loading={behind.isFetchingNextPage} onClick={() => void behind.fetchNextPage()}>
                {say('more')}
              </Button>
            )}
          </Stack>
        );
      }}
    </Shown>
  );
}
