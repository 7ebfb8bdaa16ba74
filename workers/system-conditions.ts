import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CannotStart } from '../environment/cannot-start.ts';
import { type ConditionsOf, conditionsWith } from '../systems/conditions.ts';

/** The conditions of the systems, changed as the file says that `SYSTEM_CONDITIONS` names. Throws `CannotStart`. */
export function systemConditionsOf({ SYSTEM_CONDITIONS: file }: NodeJS.ProcessEnv): ConditionsOf {
  if (!file) return conditionsWith();
  try {
    return conditionsWith(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const form = 'a JSON object with `defaults` and `systems`, as systems/conditions.json holds them';
    throw new CannotStart(`SYSTEM_CONDITIONS must name ${form}; ${file} ${faultIn(error)}.`, { cause: error });
  }
}

function faultIn(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
  const [issue] = error.issues;
  return `is wrong at ${issue?.path.join(' → ') || 'its top'}: ${issue?.message}`;
}
