import type { Records } from './attack.ts';

/** What several cases need, in one world: each thing once. */
export function merged(all: readonly Records[]): Records {
  const world: Record<string, Record<string, Map<string, object>>> = {};
  for (const records of all)
    for (const [system, kinds] of Object.entries(records))
      for (const [kind, things] of Object.entries(kinds))
        for (const thing of things) ((world[system] ??= {})[kind] ??= new Map()).set(JSON.stringify(thing), thing);
  return Object.fromEntries(
    Object.entries(world).map(([system, kinds]) => [
      system,
      Object.fromEntries(Object.entries(kinds).map(([kind, things]) => [kind, [...things.values()]])),
    ]),
  );
}
