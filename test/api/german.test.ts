import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { routes } from '../../api/routes.ts';
import { formsOf, inGerman, saidInGerman } from '../../api/sentences.ts';
import { readWords } from '../../api/words.ts';
import sentences from '../../api/words/sentences.de.json' with { type: 'json' };
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { CalendarContent } from '../../rules/calendar-content.ts';
import { measures } from '../../scorecard/measures/index.ts';
import * as declared from '../../workflows/definitions.ts';
import { schemasOf } from './declared-names.ts';

const definitions: Readonly<Record<string, ProcessDefinition>> = declared;
const words = readWords(definitions);
const root = new URL('../../', import.meta.url);

const unlike = (texts: Iterable<string>, isSaid: (text: string) => boolean) =>
  [...new Set(texts)].filter((text) => !isSaid(text));
const hasGerman = (text: string) => saidInGerman(text) !== text;

describe('why a rule is there, a write stays, or a case went as it did', () => {
  for (const { name, policies, actions } of Object.values(definitions))
    it(`is said in German, and nothing else is: ${name}`, () => {
      const shipped = new Set([
        ...Object.values(policies).flatMap(({ table }) => (table as Table).rows.flatMap(({ because = [] }) => because)),
        ...Object.values(actions).flatMap(({ irreversible = [] }) => irreversible),
      ]);
      const sources = sourcesIn(`workflows/${name}`);
      const german = words.de.processes[name]!.reasons;
      const forms = formsOf(german).map(({ is }) => new RegExp(is, 'su'));
      assert.deepEqual(
        unlike([...shipped, ...sources.flatMap(sentencesAsReasons)], (text) =>
          shipped.has(text) ? text in german : hasGerman(text) || forms.some((form) => form.test(text)),
        ),
        [],
      );
      const isWritten = (text: string) =>
        shipped.has(text) ||
        text.split(/\{\w+\}|[,:] /).every((part) => sources.some((source) => source.includes(part)));
      assert.deepEqual(unlike(Object.keys(german), isWritten), []);
      for (const [english, said] of Object.entries(german)) {
        assert.notEqual(said, english);
        assert.deepEqual(placesOf(said), placesOf(english), english);
      }
    });

  it('stands as it is in English, which its tables and declarations are written in', () => {
    assert.deepEqual(words.en.sentences, []);
    for (const { reasons } of Object.values(words.en.processes)) assert.deepEqual(reasons, {});
  });
});

describe('what Baton itself says', () => {
  // What the API's own problems say is held to it by the compiler: `Sentence`.
  it('is said in German wherever a reader meets it: of addresses, targets, writes, tasks and cases', () => {
    const files = [
      ...['outbound/url.ts', 'scorecard/targets.ts', 'activities/writes-of.ts', 'activities/task-of.ts'],
      ...['differences', 'effects', 'workflows'].map((name) => `activities/reconciliation/${name}.ts`),
      'activities/send.ts',
    ];
    const texts = [
      ...files.flatMap((file) => textsIn(read(file))),
      ...['activities', 'activities/reconciliation', 'core/run', 'store']
        .flatMap(sourcesIn)
        .flatMap(sentencesAsReasons),
    ];
    assert.ok(texts.length > 30);
    assert.deepEqual(
      unlike(texts, (text) => hasGerman(text)),
      [],
    );
  });

  it('is said in German of every measure: how it is counted', () => {
    assert.deepEqual(
      unlike(
        measures.map(({ definition }) => definition),
        hasGerman,
      ),
      [],
    );
  });

  it('is said in German where a schema has a message of its own', () => {
    const seen = new Set<object>();
    const texts = [
      ...routes.flatMap(({ query, body }) => [query, body].flatMap((one) => (one ? messagesOf(one, seen) : []))),
      ...Object.values(definitions)
        .flatMap(schemasOf)
        .flatMap((one) => messagesOf(one, seen)),
      ...messagesOf(CalendarContent, seen),
    ];
    assert.ok(texts.length > 10, texts.join());
    assert.deepEqual(
      unlike(texts, (text) => hasGerman(text)),
      [],
    );
  });

  it('has the same places in German', () => {
    for (const [english, german] of Object.entries(sentences))
      assert.deepEqual(placesOf(german), placesOf(english), english);
  });

  it('is found by the longest form that it has, with what stands in its places in German too', () => {
    assert.equal(saidInGerman('irreversible: not declared any more'), 'unwiderruflich: nicht mehr deklariert');
    assert.equal(
      saidInGerman('lea, for whom you stand in, asked for it'),
      'lea, für die Sie einspringen, hat es angefragt',
    );
    assert.equal(saidInGerman('something that a customer wrote'), 'something that a customer wrote');
    for (const { is } of inGerman) assert.doesNotThrow(() => new RegExp(is, 'su'));
  });

  it('is found without going back over what a customer wrote into it', () => {
    const all = [...inGerman, ...Object.values(words.de.processes).flatMap(({ sentences: forms }) => forms)];
    const goesBack = ({ is }: { is: string }) => is.replaceAll(/\(\?=\(\?<\w+>\.\+\?\)/g, '').split('.+').length > 2;
    const wild = all.filter(goesBack);
    assert.deepEqual(wild, []);
    const text = ' of  is to be  ('.repeat(60); // going back took two seconds for it
    assert.equal(saidInGerman(text), text);
  });
});

interface Table {
  rows: { because?: string }[];
}

const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const sourcesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.ts') && name !== 'samples.ts')
    .map((name) => read(`${folder}/${name}`));

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place).toSorted();

/** A text of several words; what stands in its places is anything. */
const text = /'([a-z][^'\\\n]* [^'\\\n]+)'|`([a-z$"][^`\n]* [^`\n]+)`/.source;
const plain = (source: string): string => source.replaceAll(/^\s*(?:\/\/|\/?\*).*$|^import .*$/gm, '');
const found = (source: string, form: RegExp): string[] =>
  [...source.matchAll(form)].map(([, quoted, filled = '']) => quoted ?? filled.replaceAll(/\$\{[^}]*(\}|$)/g, 'x'));
const textsIn = (source: string): string[] =>
  found(plain(source), new RegExp(text, 'gi')).filter((one) => /[a-z]{3}/i.test(one));
const sentencesAsReasons = (source: string): string[] =>
  found(
    plain(source),
    new RegExp(`(?:(?:because|says)(?:: | = )(?:[^'\`\\n]* )?|wrong\\('[\\w-]+', )(?:${text})`, 'gi'),
  ).filter((one) => /[a-z]{3}/i.test(one));

/** The messages that checks and refinements of a schema have, however deep. */
function messagesOf(schema: z.core.$ZodType, seen: Set<object>): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { def } = schema._zod as unknown as { def: Record<string, unknown> };
  const own = [def, ...((def['checks'] as z.core.$ZodCheck[] | undefined) ?? []).map(({ _zod }) => _zod.def)];
  const said = own.flatMap(({ error }: { error?: unknown }) =>
    typeof error === 'function' ? String(error({ code: 'custom', input: null })) : [],
  );
  const inner = def['type'] === 'lazy' ? [(def['getter'] as () => unknown)()] : Object.values(def);
  return [...said, ...inner.flatMap((one) => schemasWithin(one)).flatMap((one) => messagesOf(one, seen))];
}

const schemasWithin = (value: unknown): z.core.$ZodType[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('_zod' in value && 'def' in (value._zod as object))
    return 'parse' in value || 'safeParse' in value ? [value as unknown as z.core.$ZodType] : [];
  return Object.values(value).flatMap((one) =>
    typeof one === 'object' && one !== null && '_zod' in one ? schemasWithin(one) : [],
  );
};
