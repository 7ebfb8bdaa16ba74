import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Folded, found, type Stretch } from './folding.ts';

const blank = String.raw`[^\S\r\n]`;
const between = String.raw`(?:${blank}|[().\/·•∙_-]){0,3}`;
const extension = String.raw`(?:${blank}{0,2}(?:ext\.?|extension|x|#|durchwahl|dw)${blank}?\d{1,5})?`;
const candidates = new RegExp(
  String.raw`(?<![\p{L}\d])(?:\(?\+${blank}?)?\(?\d(?:${between}\d)+${extension}(?![\p{L}\d])`,
  'gu',
);

const date =
  /(?<!\d)(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)\d\d|\d\d))(?!\d|[-./]\d)/g;

const figures =
  'plus|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|null|eins|zwei|zwo|drei|vier|funf|fünf|sechs|sieben|acht|neun';
const inWords = new RegExp(
  String.raw`(?<!\p{L})(?:(?:${figures})(?!\p{L})[\s,.-]{0,3}){6,}(?:${figures})(?!\p{L})`,
  'gu',
);

/** Words before a number that say what it is: the nearest counts. Folded: without accents and in small letters. */
const ofPhones =
  /(?:\b(?:call|phone|tel|telephone|mobile?|mob|cell|fax|whatsapp|sms|text|ring|reach|dial|number is|handy|telefon\w*|rufnummer|nummer ist|anruf\w*|ruf\w*|mobil\w*|durchwahl|telefono|movil|celular|portable|gsm|puhelin|telefoon|bel)\b|тел|電話|电话|전화)(?!.*\b(?:call|phone)\b)/giu;
const ofOthers =
  /\b(?:order|invoice|ticket|case|ref|reference|po|sku|serial|part|article|item|id|account|iban|vat|version|build|release|budget|amount|total|price|cost|revenue|turnover|auftrag\w*|rechnung\w*|bestell\w*|kunden\w*|betrag|umsatz|commande|facture|pedido|factura|isbn|ean)\b|#|№/giu;
const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
const units =
  /^(?:seats?|users?|rows?|units?|records?|people|employees|licen[sc]es?|pcs|pieces?|items?|requests?|events?|tokens?|customers?|accounts?|devices?|hours?|days?|years?|per|plus|million\w*|[kmgtp]b|k?m|kg|sq\w*|%|euro?s?|dollars?|pounds?|francs?|stuck|nutzer|mitarbeiter)(?![\p{L}])/u;

const countries = getCountries();
/** Asking every country about a number takes milliseconds; who writes so many numbers is taken for somebody who writes phone numbers. */
const mostLookUps = 40;

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');
const groupsOf = (text: string) => text.match(/\d+/g)?.join(' ') ?? '';

/** Phone numbers, whosever they are, and these in any form; but no dates, amounts, sizes, versions and order numbers. */
export function phoneNumbersIn(text: Folded, known: readonly string[]): Stretch[] {
  const dates = found(text, date);
  const ends = known.map((number) => digitsOf(number).slice(-7)).filter((digits) => digits.length === 7);
  let lookUps = 0;
  const isAnybodys = (number: string) => ++lookUps > mostLookUps || isWrittenAsSomewhere(number);
  const inFigures = [...text.plain.matchAll(candidates)].flatMap(({ 0: match, index }) =>
    partsOf(match, index, text, dates).flatMap(({ number, at }) => {
      const around = {
        before: text.plain.slice(Math.max(0, at - 40), at),
        after: text.plain.slice(at + number.length),
      };
      const isPhone = ends.some((end) => digitsOf(number).includes(end)) || looksLikeOne(number, around, isAnybodys);
      return isPhone ? [{ from: text.at[at]!, to: text.at[at + number.length - 1]! + 1 }] : [];
    }),
  );
  return [...inFigures, ...found(text, inWords)];
}

/** What is left of a run of figures without the dates in it, and with the two ends of a range apart. */
function partsOf(match: string, index: number, { at }: Folded, dates: Stretch[]): { number: string; at: number }[] {
  const isOfDate = (place: number) => dates.some(({ from, to }) => at[place]! >= from && at[place]! < to);
  const rest = Array.from(match, (sign, n) => (isOfDate(index + n) ? '\n' : sign)).join('');
  const isRange = /^[1-9]\d*\s+-+\s+\d/.test(rest);
  return [...rest.matchAll(isRange ? /(?:(?!\s-)[^\n])*\d/g : /[^\n]*\d/g)].map(({ 0: part, index: n }) => {
    const lead = part.length - part.replace(/^[^\d+(]+/, '').length;
    return { number: part.slice(lead), at: index + n + lead };
  });
}

interface Around {
  before: string;
  after: string;
}

function looksLikeOne(number: string, { before, after }: Around, isAnybodys: (number: string) => boolean): boolean {
  const digits = digitsOf(number.replace(/[a-z#].*$/, ''));
  if (digits.length < 7 || digits.length > 17) return false;
  if (/^\(?(?:\+|00[1-9])/.test(number)) return !isAmount(number) && isInternational(number);
  const phone = lastOf(before, ofPhones);
  const other = lastOf(before, ofOthers);
  if (other > phone || isMeasured(after) || /\p{Sc}\s*$/u.test(before)) return false;
  if (phone >= 0) return !/^[1-9]\d*000$/.test(number) && !/^\d{1,3}([.,])\d{3}(?:\1\d{3})+$/.test(number);
  if (/^\(?0[1-9]/.test(number) && digits.length >= 9) return true;
  const isRange = /^[1-9]\d*\s?[-/]\s?[1-9]\d*$/.test(number);
  if (/^\d+$/.test(number) || isRange || isAmount(number)) return false;
  return isAnybodys(number);
}

const lastOf = (text: string, words: RegExp): number => [...text.matchAll(words)].at(-1)?.index ?? -1;

/** 1.500.000 and 1 500 000; but three groups of three blanks apart are a phone number as well, so it is asked about. */
const isAmount = (number: string) =>
  /^\+?[1-9]\d{0,2}([.,' ])\d{3}(?:\1\d{3})*$/.test(number) && !/^\d{3} \d{3} \d{3}$/.test(number);

function isMeasured(after: string): boolean {
  const next = after.trimStart();
  return /^\p{Sc}/u.test(next) || units.test(next) || currencies.has(/^[a-z]{3}(?![\p{L}])/u.exec(next)?.[0] ?? '');
}

const spaced = (number: string) => number.replaceAll(/[·•∙_]/g, ' ');

function isInternational(number: string): boolean {
  const plus = spaced(number)
    .replace(/^\(?(?:00|\+)/, '+')
    .replace(/\(0\)/, '');
  return parsePhoneNumberFromString(plus)?.isPossible() || groupsOf(number).split(' ').length >= 3;
}

/** Whether in some country it is a number, and is written in these groups; also where only the plus is missing. */
function isWrittenAsSomewhere(number: string): boolean {
  const groups = groupsOf(number);
  const abroad = parsePhoneNumberFromString(`+${spaced(number)}`);
  if (abroad?.isValid() && groupsOf(abroad.formatInternational()) === groups) return true;
  return countries.some((defaultCountry: CountryCode) => {
    const parsed = parsePhoneNumberFromString(spaced(number), { defaultCountry, extract: false });
    return parsed?.isValid() && groupsOf(parsed.formatNational()) === groups;
  });
}
