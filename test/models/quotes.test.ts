import assert from 'node:assert/strict';
import { z } from 'zod';
import { createModel, ModelUnusable } from '../../models/client.ts';
import { placesOf, quotesFrom } from '../../models/quotes.ts';
import { assess } from './good-question.ts';
import { startStandIn } from './stand-in-process.ts';

describe('a quote in an answer', () => {
  const given = {
    narrative: 'Hail on  2026-05-01.',
    documents: [{ kind: 'estimate', text: 'Total: $7.10' }],
    secret: 'x',
  };
  const misquoted = quotesFrom(given, ['narrative', 'documents']).misquotes;

  it('stands word for word in one of the texts that it may be taken from', () => {
    assert.ok(!misquoted({ details: [{ quote: 'on  2026-05-01' }, { quote: 'Total: $7.10' }] }));
    assert.ok(!misquoted({ summary: 'nothing is quoted', quotes: [] }));
    assert.ok(!misquoted({ quotes: ['Hail', 'estimate', 'on 2026-05-01'] }));
  });

  it('is no quote when it is near, from elsewhere, put together, or blank', () => {
    for (const quote of ['HAIL', 'x', 'Hail on  2026-05-01.estimate', '', ' ', '.']) {
      assert.ok(misquoted({ details: [{ quote }] }), quote);
      assert.ok(misquoted({ deep: { quotes: ['Hail', quote] } }), quote);
    }
  });

  it('takes its entry, and no other, out of a list where that is wanted', () => {
    const right = { clause: 'a', quote: 'Hail' };
    const wrong = { clause: 'b', quote: 'Storm' };
    const none = { clause: 'c', quote: null };
    const answer = { findings: [wrong, right, none, { clause: 'd', inner: [wrong] }], summary: 'Storm' };
    assert.deepEqual(quotesFrom(given, ['narrative']).withoutMisquotes(answer), {
      answer: { findings: [right, none], summary: 'Storm' },
      dropped: [
        { list: 'findings', entry: wrong },
        { list: 'findings', entry: { clause: 'd', inner: [wrong] } },
      ],
    });
  });

  it('is placed in its text, from where that begins in the whole', () => {
    const answer = { details: [{ quote: 'on  2026' }, { quote: 'Total' }, { quote: 'Total' }, { quote: 'nowhere' }] };
    assert.deepEqual(placesOf(answer, given, ['narrative', 'documents'], { narrative: 1_000 }), [
      { quote: 'on  2026', at: 1_005 },
      { quote: 'Total', at: 0 },
    ]);
  });

  const stands: Record<string, [text: string, quote: string]> = {
    'a straight apostrophe': ['Customer’s liability is not limited.', "Customer's liability is not limited."],
    'a line break and an indent': [
      'uses or discloses the\n      other’s Information',
      'discloses the other’s Information',
    ],
    'typographic quotes and dash': [
      'liability of “either party” – 12 months',
      'liability of "either party" - 12 months',
    ],
    'a ligature': ['the eﬀective date', 'the effective date'],
    'a no-break space': ['EUR\u00a05,000 per claim', 'EUR 5,000 per claim'],
    'a narrow blank': ['5\u202f000\u2009km', '5 000 km'],
    'guillemets for quotes': ['die «Höchstsumme» gilt', 'die "Höchstsumme" gilt'],
    'quotes left out': ['the “General Cap” applies', 'the General Cap applies'],
    'an em dash without blanks': ['the term—and any renewal—ends', 'the term - and any renewal -- ends'],
    'a dash before it': ['the term—and any “renewal” ends', 'and any "renewal"'],
    'a minus and a dash': ['from \u22125 to 7', 'from -5 to 7'],
    'a composed letter': ['Zu\u0308rich Soci\u00e9te\u0301', 'Z\u00fcrich Soci\u00e9t\u00e9'],
    'full-width letters and digits': ['Ｆｅｅ：５０００ yen', 'Fee：5000 yen'],
    'a word that a line cut in two': ['the Confi-\n  dential Information', 'the Confidential Information'],
    'a hyphen at the end of a line': ['any third-\nparty claim', 'any third-party claim'],
    'a soft hyphen': ['Haft\u00adung ent\u00adfällt', 'Haftung entfällt'],
    'invisible signs': ['not\u200b limited\ufeff.', 'not limited.'],
    'returns and tabs': ['Section 2.\r\n\tThe term', 'Section 2. The term'],
    'three dots': ['and so on … until', 'and so on ... until'],
    'a script without blanks': ['損害賠償責任を負わない。', '賠償責任'],
  };
  for (const [what, [text, quote]] of Object.entries(stands))
    it(`stands where it differs by ${what}, and is shown as the text has it`, () => {
      const { misquotes, asTheyStand } = quotesFrom({ text }, ['text']);
      assert.ok(!misquotes({ quote }));
      const shown = asTheyStand({ quote, deep: [{ quotes: [quote] }], note: quote }, () => true);
      assert.ok(text.includes(shown.quote), shown.quote);
      assert.deepEqual(shown, { quote: shown.quote, deep: [{ quotes: [shown.quote] }], note: quote });
      assert.equal(placesOf(shown, { text }, ['text'], {})[0]!.at, text.indexOf(shown.quote));
    });

  const falls: Record<string, [text: string, quote: string]> = {
    'a word is left out': ['Customer’s liability is not limited.', 'Customer’s liability is limited.'],
    'a figure is another': ['EUR 5,000 per claim', 'EUR 50,000 per claim'],
    'a figure is a part of one': ['EUR 15,000 per claim', '5,000 per claim'],
    'a figure is the beginning of one': ['EUR 5,000 per claim', 'EUR 5'],
    'a figure lost its point': ['a rate of 1.5 per cent', 'a rate of 15 per cent'],
    'a figure got a point': ['Section 1. 500 words', 'Section 1.500 words'],
    'a power became a figure': ['up to 10² units', 'up to 102 units'],
    'a measure is another': ['a plank of 5″ width', 'a plank of 5′ width'],
    'a word is a part of one': ['Liability is unlimited.', 'limited.'],
    'a word is the beginning of one': ['the assignment', 'the assign'],
    'half of a word with a hyphen is gone': ['a non-exclusive licence', 'exclusive licence'],
    'half of it is gone, and the quotes are others': ['a non‑exclusive “licence”', 'exclusive "licence"'],
    'words changed places': ['Provider pays Customer', 'Customer pays Provider'],
    'a letter is in another case': ['this agreement', 'this Agreement'],
    'an accent is gone': ['le montant dû', 'le montant du'],
    'two pieces are put together': ['Provider, having been asked, pays', 'Provider, … pays'],
    'two texts are put together': ['first part', 'first part second'],
  };
  for (const [what, [text, quote]] of Object.entries(falls))
    it(`does not stand where ${what}`, () => {
      assert.ok(quotesFrom({ text, other: 'second' }, ['text', 'other']).misquotes({ quote }));
    });

  it('is shown only as far as there is room for it', () => {
    const text = `the${' '.repeat(30)}term`;
    const { asTheyStand } = quotesFrom({ text }, ['text']);
    const fits = (answer: unknown) => (answer as { quote: string }).quote.length < 20;
    assert.deepEqual(asTheyStand({ quote: 'the term' }, fits), { quote: 'the     ' });
  });

  it('that was cut off at a length limit stands', () => {
    const text = 'The parties agree to keep all Confidential Information secret for the term. '.repeat(3);
    assert.ok(!quotesFrom({ text }, ['text']).misquotes({ quote: text.slice(0, 140).trim() }));
  });

  describe('of a model', () => {
    let standIn: Awaited<ReturnType<typeof startStandIn>>;
    before(async () => {
      standIn = await startStandIn();
    });
    after(() => standIn.stop());

    const returns = z.strictObject({
      details: z.array(z.strictObject({ what: z.string(), value: z.string(), quote: z.string() })),
    });
    const question = assess<typeof returns>({
      ...{ name: 'insurance-claim_read', returns, quotesFrom: ['narrative', 'documents'] },
      given: { ...given, notice: { cause: 'hail' } },
    });

    it('is asked for, and makes the answer unusable when it stands nowhere', async () => {
      const model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
      const { answer, prompt } = await model.ask(question);
      assert.deepEqual(
        answer.details.map(({ quote }) => quote),
        ['2026-05-01'],
      );
      assert.match(prompt.messages[0]!.content, /word for word in "narrative" or "documents" of the data\.$/);
      await standIn.behave({ mode: 'misquoting' });
      await assert.rejects(model.ask(question), (error: unknown) => {
        assert.ok(error instanceof ModelUnusable);
        assert.match(error.message, /a quote that stands in none of the texts$/);
        assert.match(error.output, /as everybody knows/);
        return true;
      });
    });

    it('is shown as the text has it, though the model tidied it', async () => {
      const model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
      const said = {
        details: [{ what: 'cause', value: 'hail', quote: 'Hail on 2026-05-01' }],
        confidence: 1,
        evidence: [],
      };
      const message = { role: 'assistant', content: JSON.stringify(said) };
      await standIn.behave({ mode: 'says', body: { choices: [{ finish_reason: 'stop', message }] } });
      const { answer, output } = await model.ask(question);
      assert.equal(answer.details[0]!.quote, 'Hail on  2026-05-01');
      assert.match(output, /Hail on 2026/);
    });

    it('is left out of the answer, and shown, where that is wanted', async () => {
      const model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
      await standIn.behave({ mode: 'misquoting' });
      const { answer, dropped } = await model.ask({ ...question, misquotes: 'dropped' });
      assert.deepEqual(answer.details, []);
      assert.deepEqual(
        dropped.map(({ list }) => list),
        ['details'],
      );
      assert.match(JSON.stringify(dropped), /"quote":"as everybody knows"/);
    });
  });
});
