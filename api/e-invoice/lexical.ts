/** Values by the whole lexical space of their XML types (XML Schema 1.0, part 2); `undefined` is outside it. */

/** White space as `xsd:token` has it: none at the ends, one blank within. */
export const collapsed = (text: string): string =>
  text
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .replace(/^ /, '')
    .replace(/ $/, '');

/** `xsd:decimal`, in its shortest form. */
export function decimalIn(text: string): string | undefined {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(collapsed(text)) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const decimals = fraction.replace(/0+$/, '');
  const number = `${digits}${decimals === '' ? '' : `.${decimals}`}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

/** `xsd:boolean`. */
export function booleanIn(text: string): boolean | undefined {
  const value = collapsed(text);
  return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : undefined;
}

const offset = String.raw`(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?`;
const dates = new RegExp(String.raw`^(\d{4}-\d\d-\d\d)${offset}$`);
const dateTimes = new RegExp(
  String.raw`^(\d{4}-\d\d-\d\d)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)${offset}$`,
);

/** `xsd:date`: the day as its sender writes it, wherever the sender is. */
export const dateIn = (text: string): string | undefined => realDay(dates.exec(collapsed(text))?.[1]);

/** `xsd:dateTime`. */
export const dayOfDateTime = (text: string): string | undefined => realDay(dateTimes.exec(collapsed(text))?.[1]);

/** UN/EDIFACT 2379, format 102: CCYYMMDD. */
export const date102In = (text: string): string | undefined =>
  /^\d{8}$/.test(collapsed(text)) ? dateIn(collapsed(text).replace(/(....)(..)(..)/, '$1-$2-$3')) : undefined;

function realDay(day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
}
