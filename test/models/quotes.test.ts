import assert from 'node:assert/strict';
import { z } from 'zod';
import { createModel, ModelUnusable } from '../../models/client.ts';
import { misquotes, placesOf, withoutMisquotes } from '../../models/quotes.ts';
import { assess } from './good-question.ts';
import { startStandIn } from './stand-in-process.ts';

describe('a quote in an answer', () => {
  const given = {
    narrative: 'Hail on  2026-05-01.',
    documents: [{ kind: 'estimate', text: 'Total: $7.10' }],
    secret: 'x',
  };
  const misquoted = (answer: unknown) => misquotes(answer, given, ['narrative', 'documents']);

  it('stands word for word in one of the texts that it may be taken from', () => {
    assert.ok(!misquoted({ details: [{ quote: 'on  2026-05-01' }, { quote: 'Total: $7.10' }] }));
    assert.ok(!misquoted({ summary: 'nothing is quoted', quotes: [] }));
    assert.ok(!misquoted({ quotes: ['Hail', 'estimate'] }));
  });

  it('is no quote when it is near, from elsewhere, put together, or blank', () => {
    for (const quote of ['on 2026-05-01', 'HAIL', 'x', 'Hail on  2026-05-01.estimate', '', ' ']) {
      assert.ok(misquoted({ details: [{ quote }] }), quote);
      assert.ok(misquoted({ deep: { quotes: ['Hail', quote] } }), quote);
    }
  });

  it('takes its entry, and no other, out of a list where that is wanted', () => {
    const right = { clause: 'a', quote: 'Hail' };
    const wrong = { clause: 'b', quote: 'Storm' };
    const none = { clause: 'c', quote: null };
    const answer = { findings: [wrong, right, none, { clause: 'd', inner: [wrong] }], summary: 'Storm' };
    assert.deepEqual(withoutMisquotes(answer, given, ['narrative']), {
      answer: { findings: [right, none], summary: 'Storm' },
      dropped: [wrong, { clause: 'd', inner: [wrong] }],
    });
  });

  it('is placed in its text, from where that begins in the whole', () => {
    const answer = { details: [{ quote: 'on  2026' }, { quote: 'Total' }, { quote: 'Total' }, { quote: 'nowhere' }] };
    assert.deepEqual(placesOf(answer, given, ['narrative', 'documents'], { narrative: 1_000 }), [
      { quote: 'on  2026', at: 1_005 },
      { quote: 'Total', at: 0 },
    ]);
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

    it('is left out of the answer, and shown, where that is wanted', async () => {
      const model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
      await standIn.behave({ mode: 'misquoting' });
      const { answer, dropped } = await model.ask({ ...question, misquotes: 'dropped' });
      assert.deepEqual(answer.details, []);
      assert.match(JSON.stringify(dropped), /"quote":"as everybody knows"/);
    });
  });
});
