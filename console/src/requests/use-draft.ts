import type { Declared } from '../api/declared.ts';
import { useKept } from '../shared/use-kept.ts';
import { emptyGroup, type Group } from './form/draft.ts';
import type { Field } from './form/fields.ts';

/** What somebody has typed of a request, and under which key it is sent, once and for all. */
export interface Draft {
  key: string;
  group: Group;
  isTyped: boolean;
}

/** The field that is the whole business key, where one made here will do: a text of the request itself. */
export const keyMadeOf = ({ key }: Declared, fields: readonly Field[]): string | undefined => {
  const [only, ...others] = fields.filter(({ name }) => key.includes(name));
  return only?.of.kind === 'text' && others.length === 0 && key.length === 1 ? only.name : undefined;
};

/** Of a day and some signs that nobody mistakes for others: `2026-11-28-K4TQ7`. */
function businessKey(): string {
  const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  const some = Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => signs[byte % signs.length]);
  return `${new Date().toISOString().slice(0, 10)}-${some.join('')}`;
}

export function newDraft(fields: readonly Field[], keyMade: string | undefined): Draft {
  const key = keyMade === undefined ? {} : { [keyMade]: businessKey() };
  return { key: crypto.randomUUID(), group: { ...emptyGroup(fields), ...key }, isTyped: false };
}

/** What was typed into other fields, as a later release may have them, is not put into these. */
export const useDraft = (process: string, fields: readonly Field[], keyMade: string | undefined) =>
  useKept<Draft>(`request.${process}.${JSON.stringify(fields)}`, () => newDraft(fields, keyMade));
