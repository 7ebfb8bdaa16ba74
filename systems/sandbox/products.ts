import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type Records, type SystemOfRecord } from './declare.ts';

const ProductBody = z.object({
  productId: Reference,
  name: text(500),
  currency: Currency,
  variants: z.array(
    z.object({
      itemId: Reference,
      options: z.record(z.string(), z.string()),
      available: z.boolean(),
      price: Cents,
    }),
  ),
});
type ProductBody = z.infer<typeof ProductBody>;

const byItem = (itemId: string) => `item:${itemId}`;
const Product = kind('products.products', 'productId', ProductBody, ({ variants }) =>
  variants.map(({ itemId }) => byItem(itemId)),
);

const offersIn = ({ productId, name, currency, variants }: ProductBody) =>
  variants.map((variant) => ({ productId, name, currency, ...variant }));

/** The variants on offer under these item ids. */
export async function offersOf(records: Records, itemIds: readonly string[]) {
  const wanted = [...new Set(itemIds)];
  const found = await Promise.all(wanted.map((itemId) => records.having(Product, byItem(itemId))));
  return found.flatMap((products, n) => products.flatMap(offersIn).filter(({ itemId }) => itemId === wanted[n]));
}

export const products: SystemOfRecord = {
  name: 'products',
  kinds: [Product],
  reads: {
    offers: operation(z.strictObject({ itemIds: z.array(z.string()) }), ({ itemIds }, records) =>
      offersOf(records, itemIds),
    ),
    ofProducts: operation(z.strictObject({ productIds: z.array(z.string()) }), async ({ productIds }, records) =>
      (await records.getAll(Product, productIds)).flatMap(offersIn),
    ),
  },
  writes: {},
};
