import type { Random } from './random.ts';

/** A customer who attacks, another whose orders they want, and what both have bought. */
export function shop(random: Random, n: string) {
  const customer = (who: string) => ({
    ...{ customerId: `C-${who}-${n}`, firstName: who, lastName: `Number ${n}`, email: `${who}-${n}@mail.example` },
    ...{ postalCode: `${n}-${who}`, tier: random.pick(['standard', 'silver', 'gold']), address: home },
    paymentMethods: [
      { paymentMethodId: `card-${who}-${n}`, kind: 'credit_card' },
      { paymentMethodId: `gift-${who}-${n}`, kind: 'gift_card', balance: random.pick([0, 5_000, 1_000_000]) },
    ],
  });
  const [attacker, victim] = [customer('eve'), customer('ida')];
  const products = ['lamp', 'rug'].map((name) => ({
    ...{ productId: `P-${name}-${n}`, name, currency: 'EUR' },
    variants: ['red', 'blue'].map((is) => ({
      ...{
        itemId: `${name}-${is}-${n}`,
        price: random.mostly(random.pick([900, 4_000, 19_000]), [29_900, 45_000, 1_200_000], 0.85),
      },
      ...{ available: random.chance(0.9), options: { is } },
    })),
  }));
  const order = (m: number) => {
    const who = m < 3 ? attacker : victim;
    const items = random.some(products, 0.7).map(({ productId, name, variants }) => {
      const { itemId, price } = random.pick(variants);
      return { itemId, productId, name, price: random.chance(0.8) ? price : price + 700 };
    });
    const [first] = who.paymentMethods;
    const paid = { kind: 'payment', paymentMethodId: first!.paymentMethodId, amount: total(items) };
    const back = { kind: 'refund', paymentMethodId: first!.paymentMethodId, amount: Math.ceil(total(items) / 2) };
    return {
      ...{ orderId: `O-${m}-${n}`, customerId: who.customerId, currency: 'EUR', address: home, items },
      status: random.mostly(random.pick(['delivered', 'pending']), ['processed', 'cancelled', 'return requested']),
      payments: random.chance(0.9) ? [paid] : [paid, back],
      promisedBy: new Date(Date.now() - random.int(-2, 12) * 86_400_000).toISOString().slice(0, 10),
    };
  };
  const orders = [0, 1, 2, 3, 4].map(order);
  return { attacker, victim, products, orders };
}

export type Shop = ReturnType<typeof shop>;
export type ShopOrder = Shop['orders'][number];

const total = (items: readonly { price: number }[]) => items.reduce((all, { price }) => all + price, 0);
const home = { line1: 'Storgata 1', city: 'Oslo', country: 'NO', postalCode: '0150' };
export const elsewhere = { line1: 'Dock 13', city: 'Nowhere', country: 'KY', postalCode: 'KY1' };

/** What was paid for an order and has not been given back. */
export const paidFor = ({ payments }: Pick<ShopOrder, 'payments'>): number =>
  payments.reduce((left, { kind, amount }) => left + (kind === 'payment' ? amount : -amount), 0);
