import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useLive } from '../api/live/live.ts';
import { type Me, useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { Shown } from '../shared/states.tsx';
import { ConnectionSign } from './connection-sign.tsx';
import { Failing } from './failing.tsx';
import { PersonMenu } from './person-menu.tsx';
import { texts } from './texts.ts';
import { Tour } from './tour.tsx';

type Name = keyof (typeof texts)['en'];

/** Where one can go. What a person's roles open is theirs to see. */
const places: readonly { name: Name; path: string; sees?: (me: Me) => boolean }[] = [
  { name: 'inbox', path: '/handoffs' },
  { name: 'requests', path: '/requests' },
  { name: 'cases', path: '/cases' },
  { name: 'processes', path: '/processes' },
  { name: 'queues', path: '/queues' },
  { name: 'scorecard', path: '/scorecard', sees: ({ seesScorecard }) => seesScorecard },
];

/** The frame of every page: where one can go, who is signed in, and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const say = useTexts(texts);
  const me = useMe();
  useLive(me.data?.person);
  const [opened, { toggle, close }] = useDisclosure();
  const [path] = useLocation();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('menu')} />
            <Text component={Link} href="/" fw={700} size="lg" c="inherit" td="none">
              Baton
            </Text>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <ConnectionSign />
            {me.data && <PersonMenu me={me.data} />}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <ScrollArea>
          <nav aria-label={say('menu')}>
            {places
              .filter(({ sees }) => !sees || (me.data && sees(me.data)))
              .map(({ name, path: to }) => (
                <NavLink
                  key={to}
                  component={Link}
                  href={to}
                  label={say(name)}
                  active={path.startsWith(to)}
                  aria-current={path.startsWith(to) ? 'page' : undefined}
                  onClick={close}
                />
              ))}
          </nav>
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main tabIndex={-1} style={{ outline: 'none' }}>
        <Shown of={me}>{() => <Failing place={path}>{children}</Failing>}</Shown>
      </AppShell.Main>
      {me.data && <Tour me={me.data} />}
    </AppShell>
  );
}
