import { Grid, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useDeclared } from '../api/declared.ts';
import { useBrief } from '../api/handoff.ts';
import { useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { useAsked } from '../shared/asked.ts';
import { Page } from '../shared/page.tsx';
import { PointedProvider } from '../shared/pointed.tsx';
import { Shown } from '../shared/states.tsx';
import { usePlace } from '../shared/use-place.ts';
import { ValueScope } from '../shared/value-scope.tsx';
import { Answering, type Editing } from './answering.tsx';
import { AroundProvider, packetOf, termsOf, useAround } from './around.tsx';
import { Facts } from './facts.tsx';
import { Head, Standing } from './head.tsx';
import { History } from './history.tsx';
import { Proposal } from './proposal.tsx';
import { Reason } from './reason.tsx';
import { Terms } from './terms.tsx';
import { Whose } from './whose.tsx';
import { texts } from './texts.ts';
import { Writes } from './writes.tsx';

/** One handoff, laid out so that whoever owns it decides within half a minute. */
export function HandoffPage() {
  const id = usePlace('id');
  const brief = useBrief(id);
  const say = useTexts(texts);
  const shown = <Shown of={brief}>{(found) => <Loaded key={id} brief={found} />}</Shown>;
  return brief.data ? shown : <Page title={say('page')}>{shown}</Page>;
}

function Loaded({ brief }: { brief: NonNullable<ReturnType<typeof useBrief>['data']> }) {
  const { handoff } = brief;
  const declared = useDeclared(handoff.process);
  const me = useMe();
  const around = { brief, handoff, declared: declared.data, person: me.data?.person ?? '' };
  return (
    <Shown of={declared}>
      {() => (
        <AroundProvider value={around}>
          <PointedProvider>
            <ValueScope
              process={handoff.process}
              of={{ ...packetOf(handoff), ...termsOf(handoff) }}
              caseId={handoff.caseId}
            >
              <One />
            </ValueScope>
          </PointedProvider>
        </AroundProvider>
      )}
    </Shown>
  );
}

function One() {
  const asked = useAsked(useAround().handoff);
  return (
    <Page title={asked}>
      <Head />
      <Standing />
      <Answering>{(editing) => <Layout editing={editing} />}</Answering>
    </Page>
  );
}

/** On a narrow page in the order in which one reads to decide; else what is decided on to the left, and what is around it to the right. */
function Layout({ editing: { terms, form } }: { editing: Editing }) {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const { handoff } = useAround();
  const isTask = handoff.kind === 'task';
  if (narrow)
    return (
      <Stack gap="md">
        {isTask && <Facts />}
        {form}
        <Terms editor={terms} />
        <Reason />
        <Proposal />
        <Writes />
        {!isTask && <Facts />}
        <Whose />
        <History />
      </Stack>
    );
  return (
    <Grid gap="md">
      <Grid.Col span={7}>
        <Stack gap="md">
          {isTask && <Facts />}
          {form}
          <Terms editor={terms} />
          <Proposal />
          {!isTask && <Facts />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={5}>
        <Stack gap="md">
          <Reason />
          <Writes />
          <Whose />
          <History />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
