import assert from 'node:assert/strict';
import { z } from 'zod';
import { createModel, ModelUnusable } from '../../models/client.ts';
import { misquotes } from '../../models/quotes.ts';
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
  });
});
