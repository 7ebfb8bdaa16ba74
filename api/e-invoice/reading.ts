import { decimalsOf } from '../../rules/currency.ts';
import type { FieldError } from '../problems.ts';
import { booleanIn, collapsed, decimalIn } from './lexical.ts';
import type { Element } from './xml.ts';
import type { Sentence } from '../sentences.ts';

/** Where an allowance or charge has its parts. */
export interface AdjustmentPaths {
  isCharge: string;
  amount: string;
  percent?: string;
  category?: string;
  reason?: string;
}

/** By how many decimals there may be. */
const tooMany = [
  'decimals',
  '',
  'more than two decimals',
  'more than three decimals',
  'more than four decimals',
] as const;

/** Reads one document: takes what is there, and collects what is missing, there twice or unreadable. Nothing is guessed. */
export class Reading {
  readonly errors: FieldError[] = [];
  /** Set once it is known: every amount that names another one is wrong. */
  currency = '';

  wrong(field: string, message: Sentence): void {
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

  /** A code, a number or another name. */
  text(from: Element | undefined, path: string): string | undefined {
    return collapsed(this.one(from, path)?.text ?? '').trim() || undefined;
  }

  /** Words, with their line breaks. */
  words(from: Element | undefined, path: string): string | undefined {
    return this.one(from, path)?.text.trim() || undefined;
  }

  attribute(element: Element | undefined, name: string): string | undefined {
    return collapsed(element?.attributes[name] ?? '') || undefined;
  }

  needed(from: Element | undefined, path: string, within: string): string {
    const text = this.text(from, path);
    if (text === undefined) this.wrong(`${within}/${path}`, 'is missing');
    return text ?? '';
  }

  /** A decimal number as text, in its shortest form. */
  decimal(from: Element | undefined, path: string, within: string): string | undefined {
    const element = this.one(from, path);
    if (element === undefined) return undefined;
    const named = this.attribute(element, 'currencyID');
    if (named !== undefined && named !== this.currency)
      this.wrong(`${within}/${path}`, `is in ${named}, the invoice is in another`);
    const decimal = decimalIn(element.text);
    if (decimal === undefined) this.wrong(`${within}/${path}`, 'is not a decimal number');
    return decimal;
  }

  neededDecimal(from: Element | undefined, path: string, within: string): string {
    const decimal = this.decimal(from, path, within);
    if (decimal === undefined && !this.one(from, path)) this.wrong(`${within}/${path}`, 'is missing');
    return decimal ?? '0';
  }

  /** An amount of money, in the smallest unit of the currency. */
  amount(from: Element | undefined, path: string, within: string): number | undefined {
    const text = this.decimal(from, path, within);
    if (text === undefined) return undefined;
    const decimals = decimalsOf(this.currency);
    const [whole = '', fraction = ''] = text.replace('-', '').split('.');
    if (fraction.length > decimals) this.wrong(`${within}/${path}`, `has ${tooMany[decimals] ?? 'decimals'}`);
    const amount = Number(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
    if (!Number.isSafeInteger(amount)) this.wrong(`${within}/${path}`, 'is too large');
    return amount === 0 ? 0 : text.startsWith('-') ? -amount : amount;
  }

  neededAmount(from: Element | undefined, path: string, within: string): number {
    const amount = this.amount(from, path, within);
    if (amount === undefined && !this.one(from, path)) this.wrong(`${within}/${path}`, 'is missing');
    return amount ?? 0;
  }

  /** Allowances, below zero, and charges. */
  adjustments(all: readonly Element[], paths: AdjustmentPaths, within: string) {
    return all.map((one, n) => {
      const at = `${within}[${n + 1}]`;
      const isCharge = booleanIn(this.needed(one, paths.isCharge, at) || 'false');
      if (isCharge === undefined) this.wrong(`${at}/${paths.isCharge}`, 'is neither true nor false');
      const amount = this.neededAmount(one, paths.amount, at);
      return {
        amount: isCharge || amount === 0 ? amount : -amount,
        taxPercent: (paths.percent && this.decimal(one, paths.percent, at)) ?? this.#untaxed(one, paths.category),
        reason: (paths.reason && this.words(one, paths.reason)) ?? null,
      };
    });
  }

  /** The categories of VAT that have no rate, or the rate zero. */
  #untaxed(from: Element, category: string | undefined): string | null {
    const code = category && this.text(from, category);
    return code && ['E', 'Z', 'O', 'AE', 'K', 'G'].includes(code) ? '0' : null;
  }

  /** A day by the form that its element has. */
  date(text: string | undefined, field: string, read: (text: string) => string | undefined): string | null {
    if (text === undefined) return null;
    const day = read(text);
    if (day === undefined) this.wrong(field, 'is no day of the calendar');
    return day ?? null;
  }
}

export const sumOf = (adjustments: readonly { amount: number }[]): number =>
  adjustments.reduce((sum, { amount }) => sum + amount, 0);

/** `#SKONTO#TAGE=14#PROZENT=2.00#`, as XRechnung writes discounts into the terms of payment. */
export function discountIn(terms: string, issueDate: string | null): { percent: string; until: string } | null {
  const [, days, percent] = /#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,2})?)#/.exec(terms) ?? [];
  return days && percent && issueDate
    ? { percent: String(Number(percent)), until: daysAfter(issueDate, Number(days)) }
    : null;
}

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
