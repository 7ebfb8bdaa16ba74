import { Box, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useStoredText } from '../api/cases.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { type Said, spelled, useWords } from '../language/words.ts';
import { money, number } from '../shared/amounts.ts';
import { Shown } from '../shared/states.tsx';
import { date, dateTime } from '../shared/when.ts';
import { fieldTexts } from './field-texts.ts';
import { Long } from './long.tsx';
import { named } from './named.ts';
import { texts } from './texts.ts';

/** Of which case a value is: whose words its fields have, and where its long texts are. */
export interface Scope {
  process: string;
  caseId: string;
  /** Of the amounts in it. */
  currency?: string | undefined;
  /** Whether the process alone declares what is in it, and not the record. */
  declared?: boolean;
}

type Object_ = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Object_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const worth =
  /(amount|price|total|gross|net|tax|fee|reserved?|budget|paid|refunded|credited|collected|retained|renewal|kept|value|limit|deductible)$/i;

/** Shows a value readably, as text alone. */
export function Value({ value, name = '', scope }: { value: unknown; name?: string; scope: Scope }) {
  if (Array.isArray(value) && value.some(isObject))
    return (
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {value.map((one, index) => (
          <Box
            component="li"
            key={index}
            pl="sm"
            style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}
          >
            <Value value={one} scope={scope} />
          </Box>
        ))}
      </Stack>
    );
  if (!isObject(value)) return <Plain value={value} name={name} scope={scope} />;
  if (Object.keys(value).length === 0) return <Plain value={null} name={name} scope={scope} />;
  const stored = storedIn(value);
  if (stored) return <StoredText {...stored} caseId={scope.caseId} />;
  return <Fields of={value} scope={scope} />;
}

/** The fields of an object beside their names. */
export function Fields({ of, scope }: { of: Object_; scope: Scope }) {
  const words = useWords();
  const say = useTexts(fieldTexts);
  const currency = typeof of['currency'] === 'string' ? of['currency'] : scope.currency;
  return (
    <Box component="dl" m={0}>
      {Object.entries(of)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <Box key={name} mb={4} style={{ display: 'flex', flexWrap: 'wrap', columnGap: 'var(--mantine-spacing-sm)' }}>
            <Text component="dt" size="sm" c="dimmed" w={170}>
              {nameOf(words, say, scope, name)}
            </Text>
            <Box component="dd" m={0} miw={0} style={{ flex: '1 1 16rem' }}>
              <Value value={value} name={name} scope={{ ...scope, currency }} />
            </Box>
          </Box>
        ))}
    </Box>
  );
}

type NameOfField = keyof (typeof fieldTexts)['en'];

/** What the record calls things has its own words; all else is declared by the process. */
const nameOf = (words: Said, say: (name: NameOfField) => string, { process, declared }: Scope, name: string) =>
  name in fieldTexts.en && !declared ? say(name as NameOfField) : words.of(process, 'fields', name);

/** A value that a process declares, where the business has a word for it. */
const valueOf = (words: Said, { process, declared }: Scope, value: string): string => {
  const said = words.of(process, 'values', value);
  return declared && said !== spelled(value) ? said : value;
};

function Plain({ value, name, scope }: { value: unknown; name: string; scope: Scope }) {
  const { language } = useLanguage();
  const say = useTexts(texts);
  const words = useWords();
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return (
      <Text span size="sm" c="dimmed">
        {say('none')}
      </Text>
    );
  if (typeof value === 'boolean') return <Text size="sm">{say(value ? 'yes' : 'no')}</Text>;
  if (typeof value === 'number')
    return (
      <Text size="sm">
        {scope.currency && worth.test(name) ? money(value, scope.currency, language) : number(value, language, 6)}
      </Text>
    );
  const text =
    typeof value === 'string' ? named(words, scope.process, name, valueOf(words, scope, value)) : listed(value);
  return <Long>{inWords(text, language)}</Long>;
}

const listed = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : JSON.stringify(value));

const inWords = (text: string, language: Parameters<typeof date>[1]): string => {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return date(`${text}T00:00`, language);
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? dateTime(text, language) : text;
};

interface Stored {
  sha256: string;
  characters: number;
}

function storedIn({ ref, characters }: Object_): Stored | undefined {
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(String(ref)) ?? [];
  return sha256 && typeof characters === 'number' ? { sha256, characters } : undefined;
}

function StoredText({ sha256, characters, caseId }: Stored & { caseId: string }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const text = useStoredText(caseId, sha256, open);
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(open ? 'text.hide' : 'text.show', { characters: number(characters, language) })}
      </Button>
      {open && <Shown of={text}>{(shown) => <Long>{shown}</Long>}</Shown>}
    </Stack>
  );
}
