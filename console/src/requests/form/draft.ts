import type { Language } from '../../language/languages.ts';
import { readAmount, typedAmount } from '../../shared/amounts.ts';
import { readDecimal, readWhole, typedDecimal } from '../../shared/numbers.ts';
import type { Field, Kind } from './fields.ts';

/**
 * What stands in a form: what was typed, as it was typed, `yes` and `no`, lists and groups of that. Undefined is what was not added.
 */
export type Draft = string | undefined | readonly Draft[] | { readonly [name: string]: Draft };
export type Group = { readonly [name: string]: Draft };

/** How what was typed is read. */
interface Reading {
  language: Language;
  /** Of the amounts that have no currency nearer to them. */
  currency?: string | undefined;
}

export const emptyGroup = (fields: readonly Field[]): Group =>
  Object.fromEntries(fields.map(({ name, required, nullable, of }) => [name, emptyOf(of, required && !nullable)]));

/** What a field shows before anything is typed. */
export function emptyOf(of: Kind, needed: boolean): Draft {
  if (of.kind === 'list') return Array.from({ length: needed ? of.least : 0 }, () => emptyOf(of.each, true));
  if (of.kind === 'group') return needed ? emptyGroup(of.fields) : undefined;
  if (of.kind === 'one-of') return needed ? { [of.by]: '' } : undefined;
  return '';
}

/** The currency that stands in a group, where one does. */
export const currencyIn = (fields: readonly Field[], group: Group): string | undefined => {
  const field = fields.find(({ of }) => of.kind === 'currency');
  const value = field && group[field.name];
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
};

type OneOf = Extract<Kind, { kind: 'one-of' }>;

/** Which of several groups was chosen; empty where none is. */
export const chosenOf = ({ by }: OneOf, draft: Group): string => (typeof draft[by] === 'string' ? draft[by] : '');

export const chosenFields = (of: OneOf, draft: Group): readonly Field[] => of.options[chosenOf(of, draft)] ?? [];

/** What is sent; `unread` are JSON pointers to what was typed and is no number. */
export function requestOf(fields: readonly Field[], draft: Group, reading: Reading) {
  const unread: string[] = [];
  return { request: valuesOf(fields, draft, reading, '', unread), unread };
}

function valuesOf(fields: readonly Field[], draft: Group, reading: Reading, at: string, unread: string[]) {
  const inside = { ...reading, currency: currencyIn(fields, draft) ?? reading.currency };
  const entries = fields.map(({ name, required, nullable, of }) => {
    const value = valueOf(of, draft[name], inside, `${at}/${name}`, unread);
    const isLeftOut = value === undefined || (!required && isBlank(value));
    return [name, isLeftOut ? (required && nullable ? null : undefined) : value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A list or a group in which nothing stands. */
const isBlank = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value ?? {}).length === 0;

function valueOf(of: Kind, draft: Draft, reading: Reading, at: string, unread: string[]): unknown {
  if (of.kind === 'list')
    return ((draft ?? []) as readonly Draft[]).map(
      (one, n) => valueOf(of.each, one, reading, `${at}/${n}`, unread) ?? null,
    );
  if (of.kind === 'group') return draft && valuesOf(of.fields, draft as Group, reading, at, unread);
  if (of.kind === 'one-of') {
    const group = draft as Group | undefined;
    const chosen = group && chosenOf(of, group);
    const says = chosen ? { [of.by]: chosen } : {};
    return group && { ...says, ...valuesOf(chosenFields(of, group), group, reading, at, unread) };
  }
  if (typeof draft !== 'string' || draft.trim() === '') return undefined;
  const value = read(of, draft, reading);
  if (value === undefined) unread.push(at);
  return value;
}

function read({ kind }: Kind, typed: string, { language, currency }: Reading): unknown {
  if (kind === 'yes-no') return typed === 'yes';
  if (kind === 'whole-number') return readWhole(typed, language);
  if (kind === 'decimal') return readDecimal(typed, language);
  if (kind === 'amount') return readAmount(typed, currency, language);
  if (kind === 'currency') return typed.trim();
  return typed;
}

/** A request as it would have been typed. */
export const draftOf = (
  fields: readonly Field[],
  request: Readonly<Record<string, unknown>>,
  reading: Reading,
): Group => {
  const inside = { ...reading, currency: currencyIn(fields, request as Group) ?? reading.currency };
  return Object.fromEntries(
    fields.map(({ name, required, nullable, of }) => {
      const value = request[name] ?? undefined;
      return [name, value === undefined ? emptyOf(of, required && !nullable) : typed(of, value, inside)];
    }),
  );
};

function typed(of: Kind, value: unknown, reading: Reading): Draft {
  const { language, currency } = reading;
  if (of.kind === 'list') return (value as unknown[]).map((one) => typed(of.each, one, reading));
  if (of.kind === 'group') return draftOf(of.fields, value as Record<string, unknown>, reading);
  if (of.kind === 'one-of') {
    const group = value as Record<string, unknown>;
    const chosen = chosenOf(of, group as Group);
    return { [of.by]: chosen, ...draftOf(of.options[chosen] ?? [], group, reading) };
  }
  if (of.kind === 'amount') return typedAmount(value as number, currency, language);
  if (of.kind === 'decimal') return typedDecimal(value as string, language);
  if (of.kind === 'yes-no') return value ? 'yes' : 'no';
  return typeof value === 'number' ? typedDecimal(`${value}`, language) : (value as string);
}
