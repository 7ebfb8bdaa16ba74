import { minorUnits } from '../core/declare/values.ts';
import type { Deps } from './deps.ts';
import { type Json, toSchema } from './json-schema.ts';

/** `minor` for what a process declares, of what its cases are worth, as an amount in its currency's smallest unit. */
export function impactUnit(definitions: Deps['definitions'], process: string, name: string): 'minor' | undefined {
  const { impact } = Object.values(definitions).find((one) => one.name === process) ?? {};
  const { properties = {} } = (impact ? toSchema(impact, 'output') : {}) as { properties?: Record<string, Json> };
  return properties[name]?.['x-unit'] === minorUnits['x-unit'] ? 'minor' : undefined;
}
