import { z } from 'zod';
import { findDefinition } from '../core/declare/find.ts';
import { minorUnits } from '../core/declare/values.ts';
import type { Deps } from './deps.ts';

/** `minor` for what a process declares, of what its cases are worth, as an amount in its currency's smallest unit. */
export function impactUnit(definitions: Deps['definitions'], process: string, name: string): 'minor' | undefined {
  const declared = findDefinition(definitions, process)?.impact?.shape[name];
  const field = declared instanceof z.ZodOptional ? (declared.unwrap() as z.ZodType) : declared;
  return field?.meta()?.['x-unit'] === minorUnits['x-unit'] ? 'minor' : undefined;
}
