import { readFileSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import * as definitions from '../workflows/definitions.ts';

/**
 * Every name and field that a running case may rely on. A name that was published is not taken away or narrowed while a case
 * may use it: `workflows/manifest.json` holds what was published, a test compares, `node scripts/manifest.ts` adds.
 */
export const file = new URL('../workflows/manifest.json', import.meta.url);

export type Manifest = Record<string, string[]>;

const fields = (at: string, schema: z.ZodType): string[] =>
  'shape' in schema ? Object.keys(schema.shape as object).map((field) => `${at}.${field}`) : [at];

const each = <T>(at: string, named: Record<string, T>, list: (at: string, one: T) => string[]): string[] =>
  Object.entries(named).flatMap(([name, one]) => list(`${at}.${name}`, one));

function namesOf(definition: ProcessDefinition): string[] {
  const { request, terms, outcomes, context, inferences, policies, handoffs, actions, events, impact } = definition;
  return [
    ...fields('request', request),
    ...each('terms', terms, fields),
    ...each('outcomes', outcomes, fields),
    ...each('context', context, (at, { by, gives }) => [...fields(`${at}.by`, by), ...fields(`${at}.gives`, gives)]),
    ...each('inferences', inferences, (at, { returns }) => fields(at, returns)),
    ...each('policies', policies, (at, { facts, outputs, verdicts }) => [
      ...fields(at, facts),
      ...(outputs ? fields(`${at}.outputs`, outputs) : []),
      ...verdicts.map((verdict: string) => `${at}=${verdict}`),
    ]),
    ...each('handoffs', handoffs, (at, { requires }) => fields(at, requires)),
    ...each('actions', actions, (at, { input, output }) => [...fields(at, input), ...fields(`${at}.output`, output)]),
    ...each('events', events, (at, { by, gives }) => [...fields(`${at}.by`, by), ...fields(at, gives)]),
    ...(impact ? fields('impact', impact) : []),
  ];
}

export const current = (): Manifest =>
  Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, namesOf(definition).sort()]));

export const published = (): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

if (import.meta.main) writeFileSync(file, `${JSON.stringify(current(), null, 1)}\n`);
