import assert from 'node:assert/strict';
import { readWords, type Words } from '../../api/words.ts';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import { type CodeList, codeInWords, codeWord } from '../../console/src/shared/code-words.ts';
import { namesOf } from '../../outbound/names.ts';
import { languages } from '../../outbound/wording.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import purchasing from '../../systems/sandbox/seeds/purchasing.json' with { type: 'json' };
import * as declared from '../../workflows/definitions.ts';
import { sampleRequests } from '../../workflows/sample-requests.ts';
import { declaredBy, plainFieldsOf, textsShown } from './declared-names.ts';
import { declaredForAll } from './declared-shared.ts';

const definitions: Readonly<Record<string, ProcessDefinition>> = declared;
const all = Object.values(definitions);
const words = readWords(definitions);
const wordsOf = (language: 'en' | 'de', process: string): Words['processes'][string] => {
  const found = words[language].processes[process];
  assert.ok(found, `workflows/${process}/words/${language}.json is there`);
  return found;
};

const none: readonly string[] = [];

/** Fields whose text is a code or a name, by what they are called. */
const coded = /(unit|country|currency|typeCode)$|^(rule|decision|deviation|recommendation|exception|riskReasons)$/i;
/** A code of each list that everybody meets. */
const usual: Readonly<Record<CodeList, string>> = {
  unit: 'KGM',
  country: 'DK',
  currency: 'EUR',
  'invoice-type': '380',
};

type Sections = Readonly<Record<string, unknown>>;

/** What is not called anything, and what is called something and not declared (any more). */
function differences(section: Sections, names: Record<string, readonly string[]>): string[] {
  return Object.entries(names).flatMap(([part, wanted]) => {
    const called = Object.keys(section[part] as object);
    return [
      ...wanted.filter((name) => !called.includes(name)).map((name) => `${part}: no word for ${name}`),
      ...called.filter((name) => !wanted.includes(name)).map((name) => `${part}: nothing declares ${name}`),
    ];
  });
}

const places = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name).toSorted();

describe('the words of the business', () => {
  for (const language of languages) {
    it(`name all that no process owns, and nothing else: ${language}`, () => {
      assert.deepEqual(differences(words[language].shared, declaredForAll(all)), []);
    });

    for (const definition of all)
      it(`name all that ${definition.name} declares, and nothing else: ${language}`, () => {
        assert.deepEqual(differences(wordsOf(language, definition.name), declaredBy(definition)), []);
      });

    it(`are no names of the code: ${language}`, () => {
      const named = Object.values(words[language].processes).map(({ sentences: _, ...others }) => others);
      const texts = [words[language].shared, ...named].flatMap(textsIn);
      assert.deepEqual(
        texts.filter((text) => /\b[a-z]+[A-Z]\w*|_/.test(text.replaceAll(/\{\w+\}/g, ''))),
        [],
      );
      assert.deepEqual(
        texts.filter((text) => text !== text.trim() || text.includes('  ')),
        [],
      );
    });
  }

  for (const { name, handoffs, actions, terms } of all) {
    it(`ask in one sentence of ${name}, of fields that its terms or packets hold and no model drafted`, () => {
      for (const [handoff, { on, requires, drafts = none }] of Object.entries(handoffs)) {
        const shown = [...plainFieldsOf(requires), ...(on === undefined ? [] : plainFieldsOf(terms[on]!))];
        const said = languages.map((language) => wordsOf(language, name).handoffs[handoff]!.asks);
        for (const asks of said) {
          assert.deepEqual(
            places(asks).filter((place) => !shown.includes(place) || drafts.includes(place)),
            [],
            asks,
          );
          assert.match(asks, /^\p{Lu}.*[?}]$/u);
        }
        assert.deepEqual(places(said[1]!), places(said[0]!), said.join(' / '));
      }
    });

    it(`say what each answer to a handoff of ${name} leads to, in whole sentences`, () => {
      for (const handoff of Object.keys(handoffs))
        for (const language of languages) {
          const { yes, no, back } = wordsOf(language, name).handoffs[handoff]!;
          for (const next of [yes, no, back]) assert.match(next, /^\p{Lu}[^{}]*\.$/u, `${handoff}: ${next}`);
          assert.notEqual(yes, no, handoff);
        }
    });

    it(`say what each action of ${name} does and how it is taken back, of fields of its input`, () => {
      for (const [action, { input, compensatedBy }] of Object.entries(actions)) {
        const said = languages.map((language) => wordsOf(language, name).actions[action]!);
        for (const { does, undo } of said) {
          assert.equal(undo !== undefined, compensatedBy !== undefined, `${action}: undo`);
          for (const place of places(does + (undo ?? '')))
            assert.ok(plainFieldsOf(input).includes(place), `${action}: ${place}`);
        }
        assert.deepEqual(places(said[1]!.does), places(said[0]!.does), action);
        assert.deepEqual(places(said[1]!.undo ?? ''), places(said[0]!.undo ?? ''), action);
      }
    });
  }

  for (const definition of all)
    it(`stand for every code that ${definition.name} shows, and for every name of a rule or a value`, () => {
      const isSaid = (schema: object) => ['enum', 'const', 'x-code', 'x-names'].some((how) => how in schema);
      const raw = textsShown(definition).filter(([name, schema]) => coded.test(name) && !isSaid(schema));
      assert.deepEqual([...new Set(raw.map(([name]) => name))], []);
      const lists = textsShown(definition).flatMap(([, schema]) => (schema as { 'x-code'?: CodeList })['x-code'] ?? []);
      for (const list of lists)
        for (const language of languages)
          assert.match(codeInWords(list, usual[list], language), new RegExp(`^\\p{L}.+ \\(${usual[list]}\\)$`, 'u'));
    });

  it('stand for every unit that the sample records and requests hold', () => {
    const held = [purchasing, sampleRequests['payable-exception']!('S-1')].map((one) => JSON.stringify(one)).join();
    const units = new Set([...held.matchAll(/"(?:unit|priceUnit)":"(\w+)"/g)].map(([, unit = '']) => unit));
    assert.ok(units.size > 1);
    for (const unit of units) for (const language of languages) assert.ok(codeWord('unit', unit, language), unit);
  });

  it('have places in no other text', () => {
    for (const language of languages) {
      for (const { handoffs, actions, reasons: _, sentences: _forms, ...others } of Object.values(
        words[language].processes,
      )) {
        const titles = [handoffs, actions].flatMap((named) => Object.values(named).map(({ title }) => title));
        assert.deepEqual(
          [...textsIn(others), ...titles].filter((text) => /[{}]/.test(text)),
          [],
        );
      }
      assert.deepEqual(
        textsIn(words[language].shared).filter((text) => /[{}]/.test(text)),
        [],
      );
    }
  });

  it('are plain where mails and chats say them: processes, handoffs and queues', () => {
    const names = namesOf(definitions, words);
    for (const language of languages)
      for (const process of all) {
        assert.equal(names.process(language, process.name), wordsOf(language, process.name).title);
        for (const handoff of Object.keys(process.handoffs))
          assert.equal(
            names.handoff(language, process.name, handoff),
            wordsOf(language, process.name).handoffs[handoff]!.title,
          );
        for (const [task, title] of Object.entries({
          ...words[language].shared.tasks,
          ...words[language].shared.handoffs,
        }))
          assert.equal(names.handoff(language, process.name, task), title);
        for (const queue of queuesOf(process))
          assert.equal(names.queue(language, queue), words[language].shared.queues[queue]);
      }
  });
});

describe('a declaration', () => {
  it('is looked through however deep its names stand', () => {
    const { fields, values } = declaredBy(definitions['order-exception']!);
    for (const deep of ['line1', 'productId', 'paymentMethodId', 'phoneOnFile'])
      assert.equal(fields.includes(deep), deep !== 'phoneOnFile', deep);
    for (const deep of ['change-items', 'A7', 'gift_card']) assert.ok(values.includes(deep), deep);
  });

  it('that got a new name is noticed, in a language that lacks it as much as in one that has too much', () => {
    const section = { rules: { known: 'Known', gone: 'Gone' } };
    assert.deepEqual(differences(section, { rules: ['known', 'fresh'] }), [
      'rules: no word for fresh',
      'rules: nothing declares gone',
    ]);
  });
});

const textsIn = (value: object): string[] =>
  Object.values(value).flatMap((one: string | object) => (typeof one === 'string' ? [one] : textsIn(one)));
