import { Anchor, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../language/language.tsx';
import { findTexts } from './find-texts.ts';
import { useSavedSearches } from './saved-searches.ts';

/** Searches that were saved in this browser, and saving the one that is shown. */
export function SavedSearches({ shown }: { shown: string }) {
  const say = useTexts(findTexts);
  const { saved, save, forget } = useSavedSearches();
  const [opened, { toggle, close }] = useDisclosure();
  const [name, setName] = useState('');
  const keep = () => {
    save({ name: name.trim(), search: shown });
    setName('');
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => (open ? undefined : close())}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button variant="default" onClick={toggle}>
          {say('saved')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('saved')}>
        <Stack gap="sm">
          {saved.length === 0 && (
            <Text size="sm" c="dimmed">
              {say('saved.none')}
            </Text>
          )}
          {saved.map((one) => (
            <Group key={one.name} justify="space-between" wrap="nowrap" gap="xs">
              <Anchor
                component={Link}
                href={`/cases${one.search === '' ? '' : `?${one.search}`}`}
                onClick={close}
                style={{ overflowWrap: 'anywhere' }}
              >
                {one.name}
              </Anchor>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={say('forget', { name: one.name })}
                onClick={() => forget(one.name)}
              >
                <span aria-hidden>✕</span>
              </Button>
            </Group>
          ))}
          {shown !== '' && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (name.trim() !== '') keep();
              }}
            >
              <Stack gap="xs">
                <TextInput
                  label={say('saved.name')}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                  maxLength={80}
                  required
                />
                <Button type="submit" variant="default">
                  {say('save')}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
