import { createContext, type ReactNode, useContext } from 'react';
import { useLanguage, useTexts } from '../language/language.tsx';
import { spelled, useWords } from '../language/words.ts';
import { decimal, money, number, price } from './amounts.ts';
import { codeInWords } from './code-words.ts';
import { currencyIn, type FieldsOf, type Kind, type Schema } from './schema.ts';
import { texts } from './value-texts.ts';
import { date, dateTime } from './when.ts';

export interface ValueProps {
  value: unknown;
  schema?: Schema | undefined;
  /** Its name, as it is declared. */
  field?: string;
  /** Its JSON pointer in what is shown, by which a reader is led to it. */
  at?: string;
}

export interface FieldsProps {
  of: FieldsOf;
  schema?: Schema | undefined;
  at?: string;
  omit?: readonly string[];
  /** Beside one another, where there is little room. */
  dense?: boolean;
}

/** What names are called where others than the process gave them; undefined for those that it gave. */
export interface Names {
  field(name: string): string | undefined;
  /** What stands as a text in a field. */
  value(field: string, text: string): string | undefined;
}

/** What is known around a value: whose words name it, and in which currency its amounts are. */
export interface Scope {
  process: string;
  currency?: string | undefined;
  /** Whose stored texts may be read. */
  caseId?: string | undefined;
  names?: Names | undefined;
}
const Around = createContext<Scope>({ process: '' });

/** Names and amounts within it are those of a process, and of the currency in `of`, where that is one. */
export function ValueScope({
  process,
  of,
  caseId,
  names,
  children,
}: {
  process?: string;
  of?: unknown;
  caseId?: string;
  names?: Names;
  children: ReactNode;
}) {
  const around = useContext(Around);
  const currency = currencyIn(of) ?? around.currency;
  return (
    <Around
      value={{
        ...{ process: process ?? around.process, currency },
        ...{ caseId: caseId ?? around.caseId, names: names ?? around.names },
      }}
    >
      {children}
    </Around>
  );
}

/** A value that others know by its code, as `UQ` of the Peppol invoice response. */
const isCode = /^[A-Z][A-Z\d]{1,3}$/;

export const useScope = () => useContext(Around);

/** Says what a field is called. */
export function useFieldName() {
  const { process, names } = useScope();
  const words = useWords();
  return (name: string): string => names?.field(name) ?? words.of(process, 'fields', name);
}

/** Fields in which Baton itself says why. */
const reasons: ReadonlySet<string> = new Set(['because', 'problem', 'none', 'instead', 'says']);

/** Says a value that is neither a list nor an object in words, by what is known around it. */
export function usePlain() {
  const around = useScope();
  const plain = usePlainIn();
  return (kind: Kind, value: unknown, field = '', currency = around.currency): string =>
    plain({ ...around, currency }, kind, value, field);
}

/** The same by what is known around another place. */
export function usePlainIn() {
  const { language } = useLanguage();
  const say = useTexts(texts);
  const words = useWords();
  /** A text that is declared nowhere may be the name of a rule. */
  const wordFor = (process: string, name: string) => {
    const said = words.of(process, 'values', name);
    if (said !== spelled(name)) return isCode.test(name) ? `${said} (${name})` : said;
    const rule = words.of(process, 'rules', name);
    return rule === said ? words.reason(process, name, said) : rule;
  };
  return ({ process, currency, names }: Scope, kind: Kind, value: unknown, field: string): string => {
    const named = typeof value === 'string' && value !== '' ? names?.value(field, value) : undefined;
    if (named !== undefined) return named;
    if (kind === 'none') return say(Array.isArray(value) ? 'none.list' : 'none');
    if (kind === 'boolean') return say(value ? 'yes' : 'no');
    if (kind === 'word') return wordFor(process, String(value));
    if (kind === 'amount')
      return currency
        ? money(Number(value), currency, language)
        : say('no-currency', { amount: number(Number(value) / 100, language, 2) });
    if (kind === 'price') return price(String(value), currency, language);
    if (kind === 'number') return decimal(String(value), language) + (/percent$/i.test(field) ? ' %' : '');
    if (kind === 'unit' || kind === 'country' || kind === 'currency' || kind === 'invoice-type')
      return codeInWords(kind, String(value), language);
    if (kind === 'day') return date(String(value), language);
    if (kind === 'instant') return dateTime(String(value), language);
    if (field === 'operation') return words.shared('operations', String(value));
    if (field === 'action') return words.of(process, 'actions', String(value));
    return reasons.has(field) ? words.reason(process, String(value)) : String(value);
  };
}
