import { z } from 'zod';
import declared from './rates.json' with { type: 'json' };
import standardPrices from '../models/prices.json' with { type: 'json' };

const Money = z.number().min(0);
const Queue = z.strictObject({
  /** What an hour of somebody in it costs. */
  perHour: Money,
  /** What a decision takes that nobody claimed before. */
  estimateMinutes: z.number().min(0),
  /** What a decision takes at most, however long it was claimed. */
  mostMinutes: z.number().positive(),
});
const Rates = z.strictObject({
  currency: z.string().length(3),
  /** What one of another currency is worth in this one. */
  exchange: z.record(z.string().length(3), z.number().positive()),
  people: z.strictObject({ usual: Queue, queues: z.record(z.string(), Queue) }),
  /** What one call costs, by operation; nothing where it is not named. */
  fees: z.record(z.string(), Money),
});

/** What a case costs, in one currency. */
export type Rates = z.output<typeof Rates>;
/** Per token, in millionths of the currency, by model. */
export type Prices = Readonly<Record<string, { currency: string; prompt: number; completion: number }>>;

export const rates: Rates = Rates.parse(declared);
export const prices: Prices = standardPrices;

const millionths = 1_000_000;
const hour = 3_600_000;

export const queueRate = ({ people }: Rates, queue: string) =>
  Object.hasOwn(people.queues, queue) ? people.queues[queue]! : people.usual;

/** What so many milliseconds of somebody in this queue cost, in millionths. */
export const costOfPeople = (rates: Rates, queue: string, ms: number): number =>
  Math.round((queueRate(rates, queue).perHour * millionths * ms) / hour);

export const feeOf = ({ fees }: Rates, operation: string): number =>
  Math.round((Object.hasOwn(fees, operation) ? fees[operation]! : 0) * millionths);

/** In millionths of the rates' currency; undefined where no exchange rate is declared. */
function exchanged({ currency, exchange }: Rates, amount: number, from: string): number | undefined {
  const rate = from === currency ? 1 : exchange[from];
  return rate === undefined ? undefined : Math.round(amount * rate);
}

interface Answered {
  model?: string | undefined;
  usage?: { promptTokens: number; completionTokens: number } | null | undefined;
  cost?: { amount: number; currency: string } | null | undefined;
}

/** What a call of a model cost: as the record says, else by the price list. Undefined where neither tells. */
export function costOfModel(rates: Rates, prices: Prices, { model = '', usage, cost }: Answered): number | undefined {
  if (cost) return exchanged(rates, cost.amount, cost.currency);
  if (!usage) return 0;
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (!price) return undefined;
  const amount = usage.promptTokens * price.prompt + usage.completionTokens * price.completion;
  return exchanged(rates, amount, price.currency);
}
