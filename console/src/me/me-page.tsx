import { Stack } from '@mantine/core';
import { useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { Page } from '../shared/page.tsx';
import { Delegations } from './delegations.tsx';
import { MyQueues } from './my-queues.tsx';
import { NotificationsPart } from './notifications.tsx';
import { texts } from './texts.ts';

/** What I may decide, how I learn of things, and who stands in for me. */
export function MePage() {
  const say = useTexts(texts);
  const me = useMe().data!;
  return (
    <Page title={say('title')}>
      <Stack gap="lg" maw={760}>
        <MyQueues me={me} />
        <Delegations me={me} />
        <NotificationsPart me={me} />
      </Stack>
    </Page>
  );
}
