import { existsSync, readFileSync } from 'node:fs';
import { systems } from './index.ts';

type Kinds = Record<string, unknown[]>;

/** The sample records of every system, each from its own `seeds/<system>.json`, where it has one. */
export const sampleRecords = (): Record<string, Kinds> =>
  Object.fromEntries(
    [...systems.keys()]
      .map((system) => [system, new URL(`seeds/${system}.json`, import.meta.url)] as const)
      .filter(([, file]) => existsSync(file))
      .map(([system, file]) => [system, JSON.parse(readFileSync(file, 'utf8')) as Kinds]),
  );
