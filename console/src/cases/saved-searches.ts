import { useLocalStorage } from '@mantine/hooks';

/** A search under a name, kept in this browser. */
export interface Saved {
  name: string;
  /** As it stands in the address. */
  search: string;
}

const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Saved).name === 'string' &&
  typeof (value as Saved).search === 'string';

/** What somebody else left there is passed over. */
function read(text: string | undefined): Saved[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSaved) : [];
  } catch {
    return [];
  }
}

export function useSavedSearches() {
  const [saved, setSaved] = useLocalStorage<Saved[]>({
    key: 'baton.searches',
    defaultValue: [],
    getInitialValueInEffect: false,
    deserialize: read,
  });
  const without = (name: string) => saved.filter((one) => one.name !== name);
  return {
    saved,
    /** One of the same name gives way. */
    save: (one: Saved) => setSaved([...without(one.name), one].sort((a, b) => a.name.localeCompare(b.name))),
    forget: (name: string) => setSaved(without(name)),
  };
}
