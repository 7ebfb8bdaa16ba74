import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';
import { existing, kind, operation, Refusal, type SystemOfRecord } from './declare.ts';

const PriceBody = z.object({
  subscriptionId: Reference,
  monthlyPerSeat: Cents,
  annualPrice: Cents,
  currency: Currency,
});
export const Price = kind('priceBook.prices', 'subscriptionId', PriceBody);

const Change = z.object({ subscriptionId: Reference, annualPrice: Cents, currency: Currency });

export const priceBook: SystemOfRecord = {
  name: 'priceBook',
  kinds: [Price],
  reads: {
    priceOf: operation(
      z.strictObject({ subscriptionId: z.string() }),
      async ({ subscriptionId }, records) => (await records.get(Price, subscriptionId)) ?? null,
    ),
  },
  writes: {
    changePrice: operation(Change, async ({ subscriptionId, annualPrice, currency }, records) => {
      const price = await existing(records, Price, subscriptionId, 'price');
      if (price.currency !== currency) throw new Refusal('currency-differs', `It is priced in ${price.currency}.`);
      records.put(Price, { ...price, annualPrice });
      return { earlierPrice: price.annualPrice };
    }),
    restorePrice: operation(
      z.object({ input: Change, result: z.object({ earlierPrice: Cents }) }),
      async ({ input, result }, records) => {
        const price = await existing(records, Price, input.subscriptionId, 'price');
        if (price.annualPrice !== input.annualPrice)
          throw new Refusal('price-moved-on', 'The price was changed again since.');
        records.put(Price, { ...price, annualPrice: result.earlierPrice });
        return { annualPrice: result.earlierPrice };
      },
    ),
  },
};
