import type { Handoff } from '../api/handoffs.ts';
import { type Language, useLanguage, useTexts } from '../language/language.tsx';
import { type Said, useWords } from '../language/words.ts';
import { money } from '../shared/amounts.ts';
import { currencyIn, type FieldsOf, isAmount, isCurrency, isObject } from '../shared/schema.ts';
import { date } from '../shared/when.ts';
import { texts } from './texts.ts';

/** Answers what a handoff asks, in one sentence. */
export function useAsked(): (handoff: Handoff) => string {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  return (handoff) => {
    const { kind, process, name } = handoff;
    if (kind === 'task') return say('asks.task', { task: words.shared('tasks', name) });
    const title = words.of(process, 'handoffs', name);
    if (kind === 'rework') return say('asks.rework', { handoff: title });
    return inWords(words, handoff, language) ?? title;
  };
}

/** Undefined where there is no sentence, or it has a place for what is not shown. */
function inWords(words: Said, handoff: Handoff, language: Language): string | undefined {
  const { process, name, terms, packet } = handoff;
  const places = limited(handoff, language);
  const whole = currencyIn(terms) ?? currencyIn(packet);
  collect(terms, 1, language, whole, places);
  collect(packet, 2, language, whole, places);
  const asks = words.asks(process, name, places);
  return asks?.includes('{') ? undefined : asks;
}

/** The amount that limits of authority are about, also where its currency stands in the lines alone. */
function limited(handoff: Handoff, language: Language): Record<string, string> {
  const { limitedBy, terms } = handoff;
  const [of, ...others] = amountsOf(handoff);
  if (!of || others.length > 0 || !isObject(limitedBy) || !isObject(terms)) return {};
  const name = String(limitedBy['amount']);
  const value = terms[name];
  return typeof value === 'number' ? { [name]: money(value, of.currency, language) } : {};
}

/** Plain values by field; what stands nearer to the top comes first. What is worth money by its name is in the nearest currency. */
function collect(
  of: unknown,
  deep: number,
  language: Language,
  around: string | undefined,
  into: Record<string, string>,
) {
  if (!isObject(of)) return;
  const currency = isCurrency(of['currency']) ? of['currency'] : around;
  for (const [name, value] of Object.entries(of)) if (!(name in into)) add(name, value);
  for (const value of Object.values(of)) if (deep > 0) collect(value, deep - 1, language, currency, into);

  function add(name: string, value: unknown) {
    if (typeof value === 'string') into[name] = /^\d{4}-\d\d-\d\d$/.test(value) ? date(value, language) : value;
    if (typeof value === 'number')
      into[name] = currency && isAmount(undefined, name, currency) ? money(value, currency, language) : String(value);
  }
}

/** The amount that limits of authority are about, by currency; of a list, its lines' sum. */
export function amountsOf({ limitedBy, terms }: Handoff): { amount: number; currency: string }[] {
  if (!isObject(limitedBy) || !isObject(terms)) return [];
  const { each, amount, currency } = limitedBy as {
    each?: string[];
    amount: string;
    currency: string | { is: string };
  };
  const lines = each
    ? each.flatMap((list) => (Array.isArray(terms[list]) ? (terms[list] as FieldsOf[]) : []))
    : [terms];
  const sums = new Map<string, number>();
  for (const line of lines) {
    const unit = typeof currency === 'string' ? line[currency] : currency.is;
    const value = line[amount];
    if (typeof unit === 'string' && typeof value === 'number') sums.set(unit, (sums.get(unit) ?? 0) + value);
  }
  return [...sums].map(([unit, sum]) => ({ amount: sum, currency: unit }));
}
