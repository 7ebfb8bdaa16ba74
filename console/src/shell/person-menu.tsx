import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Me } from '../api/me.ts';
import { signIn, signOut } from '../api/session.ts';
import { languages, useLanguage, useTexts } from '../language/language.tsx';
import { forgetTyped } from '../shared/use-kept.ts';
import { texts } from './texts.ts';

const schemes = ['auto', 'light', 'dark'] as const;

/** Who is signed in, and how they want to see it. */
export function PersonMenu({ me }: { me: Me }) {
  const say = useTexts(texts);
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const cache = useQueryClient();
  const forget = () => {
    cache.clear();
    forgetTyped();
  };
  const change = () => signIn({ chooses: true }).then(forget, () => undefined); // nobody answers: then one stays who one is
  const leave = () => {
    forget();
    signOut().catch(() => location.assign('/'));
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="sm">
          {me.person}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href="/me">
          {say('me')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('language')}</Menu.Label>
        {languages.map((one) => (
          <Menu.Item key={one} lang={one} onClick={() => choose(one)} aria-current={one === language}>
            {one === language ? '✓ ' : ''}
            {{ en: 'English', de: 'Deutsch' }[one]}
          </Menu.Item>
        ))}
        <Menu.Label>{say('colours')}</Menu.Label>
        {schemes.map((one) => (
          <Menu.Item key={one} onClick={() => setColorScheme(one)} aria-current={one === colorScheme}>
            {one === colorScheme ? '✓ ' : ''}
            {say(`colours.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void change()}>{say('change-person')}</Menu.Item>
        <Menu.Item onClick={leave}>{say('sign-out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
