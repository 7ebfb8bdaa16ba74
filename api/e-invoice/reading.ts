import type { FieldError } from '../problems.ts';
import type { Element } from './xml.ts';

/** Reads one document: takes what is there, and collects what is missing, there twice or unreadable. Nothing is guessed. */
export class Reading {
  readonly errors: FieldError[] = [];
  /** Set once it is known: every amount that names another one is wrong. */
  currency = '';

  wrong(field: string, message: string): void {
    this.errors.push({ field, message });
  }

  many(from: Element | undefined, name: string): Element[] {
    return from?.children.filter((child) => child.name === name) ?? [];
  }

  /** Down a path of elements, of which there may be one each. */
  one(from: Element | undefined, path: string): Element | undefined {
    return path.split('/').reduce<Element | undefined>((element, name) => {
      const [first, second] = this.many(element, name);
      if (second) this.wrong(path, 'is there twice');
      return first;
    }, from);
  }

  text(from: Element | undefined, path: string): string | undefined {
    return this.one(from, path)?.text.trim() || undefined;
  }

  needed(from: Element | undefined, path: string, within: string): string {
    const text = this.text(from, path);
    if (text === undefined) this.wrong(`${within}/${path}`, 'is missing');
    return text ?? '';
  }

  /** A decimal number as text, in its shortest form. */
  decimal(from: Element | undefined, path: string, within: string): string | undefined {
    const element = this.one(from, path);
    const text = element?.text.trim();
    if (element === undefined || text === undefined) return undefined;
    this.#hold(element, `${within}/${path}`);
    const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
    if (whole === '' && fraction === '') return void this.wrong(`${within}/${path}`, 'is not a decimal number');
    const digits = whole.replace(/^0+(?=\d)/, '') || '0';
    const decimals = fraction.replace(/0+$/, '');
    return `${sign === '-' ? '-' : ''}${digits}${decimals === '' ? '' : `.${decimals}`}`;
  }

  neededDecimal(from: Element | undefined, path: string, within: string): string {
    const decimal = this.decimal(from, path, within);
    if (decimal === undefined && !this.one(from, path)) this.wrong(`${within}/${path}`, 'is missing');
    return decimal ?? '0';
  }

  /** An amount of money, in the smallest unit. */
  amount(from: Element | undefined, path: string, within: string): number | undefined {
    const text = this.decimal(from, path, within);
    if (text === undefined) return undefined;
    const [whole = '', fraction = ''] = text.replace('-', '').split('.');
    if (fraction.length > 2) this.wrong(`${within}/${path}`, 'has more than two decimals');
    const cents = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
    if (!Number.isSafeInteger(cents)) this.wrong(`${within}/${path}`, 'is too large');
    return cents === 0 ? 0 : text.startsWith('-') ? -cents : cents;
  }

  neededAmount(from: Element | undefined, path: string, within: string): number {
    const amount = this.amount(from, path, within);
    if (amount === undefined && !this.one(from, path)) this.wrong(`${within}/${path}`, 'is missing');
    return amount ?? 0;
  }

  /** Charges less allowances. */
  adjustment(all: readonly Element[], indicator: string, amount: string, within: string): number {
    return all.reduce((sum, one) => {
      const isCharge = this.text(one, indicator) === 'true';
      return sum + (isCharge ? 1 : -1) * this.neededAmount(one, amount, within);
    }, 0);
  }

  date(text: string | undefined, field: string): string | null {
    if (text === undefined) return null;
    const iso = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    const at = Date.parse(`${iso}T00:00:00Z`);
    const real = /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
    if (!real) this.wrong(field, 'is no day of the calendar');
    return real ? iso : null;
  }

  #hold({ attributes }: Element, field: string): void {
    const named = attributes['currencyID'];
    if (named !== undefined && named !== this.currency) this.wrong(field, `is in ${named}, the invoice is in another`);
  }
}

/** `#SKONTO#TAGE=14#PROZENT=2.00#`, as XRechnung writes discounts into the terms of payment. */
export function discountIn(terms: string, issueDate: string | null): { percent: string; until: string } | null {
  const [, days, percent] = /#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,2})?)#/.exec(terms) ?? [];
  return days && percent && issueDate
    ? { percent: String(Number(percent)), until: daysAfter(issueDate, Number(days)) }
    : null;
}

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
