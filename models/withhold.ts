import { type Folded, fold, folded, type Stretch } from './folding.ts';
import { mailAddressesIn } from './mail-addresses.ts';
import { type Name, namesFinder, unjudgedIn } from './names.ts';
import { phoneNumbersIn } from './phone-numbers.ts';

export const withheld = '[withheld]';

export interface Withheld {
  given: unknown;
  /** How often something was taken out. */
  masked: number;
  /** Of which secrets, by their field, nobody can be sure that all was found, and why. */
  unjudged?: { field: string; why: string }[];
}

/**
 * Every text of `given` without what `secrets` say, by field: names in their usual spellings, and any e-mail address and phone
 * number, whosever it is. What is none of these stays as it was written.
 */
export function withhold(given: unknown, secrets: Readonly<Record<string, unknown>> | readonly unknown[]): Withheld {
  const told = Object.entries(secrets).flatMap(([field, text]) =>
    typeof text === 'string' && text.trim() !== '' ? [{ field, text: fold(text).letters.join('') }] : [],
  );
  const numbers = told.filter(({ text }) => isNumber(text)).map(({ text }) => fold(text).plain);
  const names = told.filter(({ text }) => !isNumber(text)).flatMap(withoutHost);
  const findNames = namesFinder(names);
  let masked = 0;

  function withoutThem(text: string): string {
    const looked = fold(text);
    const stretches = together([...findNames(looked), ...mailAddressesIn(looked), ...phoneNumbersIn(looked, numbers)]);
    masked += stretches.length;
    return without(looked, stretches);
  }

  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutThem(value);
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mask(part)]));
  };
  const unjudged = unjudgedIn(names);
  return { given: mask(given), masked, ...(unjudged.length > 0 ? { unjudged } : {}) };
}

const isNumber = (text: string) => /\p{Nd}/u.test(text) && !/\p{L}/u.test(text);

const ofDesks =
  /^(?:info|mail|office|sales|contact|kontakt|hello|support|admin|team|service|no|reply|noreply|purchasing|procurement|einkauf|vertrieb|billing|accounts?|orders?|finance|marketing|hr|it|dept|department|buchhaltung)$/i;

/** Of an address, what its owner is also called elsewhere: `j.doe` or `jdoe77`, but not `office`. All addresses go anyway. */
const withoutHost = (name: Name): Name[] => {
  const [, handle] = /^([^@\s]+)@[^@\s]+$/.exec(name.text) ?? [];
  if (handle === undefined) return [name];
  const isPersonal = /\p{L}/u.test(handle) && /[\p{Nd}._-]/u.test(handle);
  return isPersonal && !handle.split(/[\p{Nd}._+-]+/u).some((word) => ofDesks.test(word))
    ? [{ ...name, text: handle }]
    : [];
};

/** Those that overlap as one. */
function together(stretches: Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function without({ letters }: Folded, stretches: Stretch[]): string {
  let [out, from] = ['', 0];
  for (const stretch of stretches) {
    out += letters.slice(from, stretch.from).join('') + withheld;
    from = stretch.to;
    while (from < letters.length && folded(letters[from]!) === '') from += 1;
  }
  return out + letters.slice(from).join('');
}
