import assert from 'node:assert/strict';
import { attacks } from './contract-review/attacks.ts';
import { draftOf, standardForms } from './contract-review/good-world.ts';
import { decided, type Form, type Model, obedient, silent } from './contract-review/reading.ts';
import { settings } from './contract-review/settings.ts';

const readers = { silent, obedient };

/** Somebody is asked, and is shown it. */
function isSeen(form: Form, text: string, seen: string, model: Model): void {
  const { verdict, findings } = decided(form, text, model);
  assert.notEqual(verdict, 'allow');
  const shown = findings.map(({ deviation, quote, stood }) => `${deviation}\n${quote}\n${stood}`);
  assert.ok(
    shown.some((words) => words.includes(seen)),
    `${seen}\n\nis not among\n\n${shown.join('\n')}`,
  );
}

describe('a draft is cleared without a person only where its words are those of the form or the library', () => {
  for (const [setting, [form, change]] of Object.entries(settings)) {
    it(`clears the standard form ${setting}`, () => {
      const { verdict, findings } = decided(form, change(draftOf({ form })), silent);
      assert.deepEqual([verdict, findings], ['allow', []]);
    });
  }

  for (const [attack, [form, change, seen]] of Object.entries(attacks)) {
    it(`asks somebody about ${attack}, whatever the reader says`, () => {
      const text = change(draftOf({ form }));
      for (const model of Object.values(readers)) isSeen(form, text, seen, model);
    });
  }

  for (const form of ['csa', 'nda'] as const) {
    it(`sees each word of the ${form} that is gone, said twice or another`, () => {
      const draft = draftOf({ form });
      const terms = draft.indexOf('\n1. ');
      let tried = 0;
      for (const { index, 0: word } of draft.matchAll(/\S+/g)) {
        if (index < terms) continue;
        for (const words of ['', `${word} ${word}`, `${word}x`]) {
          const text = draft.slice(0, index) + words + draft.slice(index + word.length);
          assert.notEqual(decided(form, text, obedient).verdict, 'allow', `${word} → ${words}`);
          tried += 1;
        }
      }
      assert.ok(tried > standardForms[form].length / 4);
    });
  }
});

describe('what a model says of a draft', () => {
  const swapped = (from: string, to: string) => draftOf().replace(from, to);
  const deviations = (text: string, model: Model) =>
    decided('csa', text, model).findings.map(({ deviation }) => deviation);
  const reads =
    (...labels: string[]): Model =>
    (differences) =>
      differences.flatMap(({ clause, quote }) =>
        labels.map((label) => ({ clause, quote: quote ?? '', reads: label as 'publicity' })),
      );

  it('names what code found, and where it says nothing it is an unusual term', () => {
    const text = swapped('it as a customer.', 'it as a customer. Provider may publish what it likes.');
    assert.deepEqual(deviations(text, reads('publicity')), ['publicity']);
    assert.deepEqual(deviations(text, silent), ['unusual-term']);
    assert.deepEqual(deviations(text, obedient), ['other-words']);
  });

  it('keeps nothing from legal under a name that belongs to another clause', () => {
    const text = swapped('without the other’s consent', 'as it likes');
    assert.deepEqual(deviations(text, reads('publicity')), ['unusual-term', 'publicity']);
    const owners = decided('csa', text, reads('short-payment')).findings.map(({ owner }) => owner);
    assert.deepEqual(owners, ['legal', 'finance']);
  });

  it('finds nothing missing that stands there', () => {
    assert.deepEqual(deviations(draftOf(), silent), []);
    const gone = swapped(
      '    12. Force Majeure. Neither party answers for a failure that a Force Majeure Event causes.\n',
      '',
    );
    assert.deepEqual(deviations(gone, obedient), ['missing-force-majeure']);
  });

  it('takes the place of nothing that code found, however much it says', () => {
    const text = swapped('without the other’s consent', 'as it likes');
    const words = draftOf().match(/\S+/g)!;
    const spam: Model = () => words.map((quote, n) => ({ clause: `99.${n}`, quote, reads: 'exclusivity' as const }));
    const { findings } = decided('csa', text, spam);
    assert.ok(findings.length <= 60);
    assert.ok(findings.some(({ stood }) => stood?.includes('without the other’s consent')));
  });

  it('tells legal to read the draft itself where more departs from the form than can be shown', () => {
    for (const text of [
      `${draftOf()}${Array.from({ length: 100 }, (_, n) => `${13 + n}. More. Term ${n}.`).join('\n')}`,
      `${draftOf()}${'more and more '.repeat(1_000)}`,
    ])
      assert.ok(deviations(text, obedient).includes('unaccounted-text'));
  });
});
