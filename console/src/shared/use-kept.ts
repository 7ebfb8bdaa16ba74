import { useCallback, useEffect, useState } from 'react';
import { usePerson } from '../api/me.ts';
import { isObject } from './schema.ts';

const prefix = 'baton.typed.';

/** Where the tab's own store has no room, it is here as long as the page is. */
const inPage = new Map<string, string>();

/**
 * State for what one person has typed about one thing and not sent. It outlives a form that is closed, a reload and a new sign-in in
 * this tab, and is offered to nobody else. `forget` once it is sent: also where its form is gone meanwhile.
 */
export function useKept<T>(name: string, first: () => T) {
  const [person] = useState(usePerson());
  const key = `${prefix}${encodeURIComponent(person)}/${name}`;
  const [kept, setKept] = useState(() => begun(key, first));
  if (kept.key !== key) setKept(begun(key, first)); // it is about another thing now
  const { initial, typed } = kept;
  const setValue = useCallback((next: T | ((before: T) => T)) => setKept((before) => changed(before, next)), []);
  useEffect(() => {
    if (kept.typed !== undefined) write(kept.key, kept.typed);
  }, [kept]);
  const forget = useCallback(() => {
    remove(key);
    setKept((before) => (before.key === key ? { ...before, typed: undefined } : before));
  }, [key]);
  return { value: typed ?? initial, setValue, forget };
}

interface Kept<T> {
  key: string;
  initial: T;
  typed: T | undefined;
}

function begun<T>(key: string, first: () => T): Kept<T> {
  const initial = first();
  return { key, initial, typed: completed(read<T>(key), initial) };
}

const changed = <T>(before: Kept<T>, next: T | ((before: T) => T)): Kept<T> => ({
  ...before,
  typed: typeof next === 'function' ? (next as (before: T) => T)(before.typed ?? before.initial) : next,
});

/**
 * Which of several forms is open. Where the page was loaded anew in the middle of one, by a sign-in for example, it is open again; not
 * where one went elsewhere.
 */
export function useKeptChoice<Name extends string>(name: string) {
  const { value, setValue: open, forget: close } = useKept<Name | ''>(`open.${name}`, () => '');
  useEffect(() => close, [close]);
  return { opened: value === '' ? undefined : value, open, close };
}

/** The same, of one form. */
export function useKeptDisclosure(name: string) {
  const { opened, open, close } = useKeptChoice<'form'>(name);
  return { opened: opened !== undefined, open: () => open('form'), close };
}

/** What one person typed is not the next one's to see. */
export function forgetTyped(): void {
  const kept = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  for (const key of [...kept, ...inPage.keys()]) remove(key);
}

/** JSON has no sign for an amount that cannot be read, and would make it none. */
const unread = '\0unread';

function write(key: string, value: unknown): void {
  const text = JSON.stringify(value, (_, part: unknown) => (Number.isNaN(part) ? unread : part));
  inPage.set(key, text);
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // there is no room
  }
}

function read<T>(key: string): T | undefined {
  const text = inPage.get(key) ?? sessionStorage.getItem(key);
  return text === null
    ? undefined
    : (JSON.parse(text, (_, part: unknown) => (part === unread ? Number.NaN : part)) as T);
}

/** What an older build kept may lack what this one asks for. */
const completed = <T>(kept: T | undefined, initial: T): T | undefined =>
  isObject(kept) && isObject(initial) ? { ...initial, ...kept } : kept;

function remove(key: string): void {
  inPage.delete(key);
  sessionStorage.removeItem(key);
}
