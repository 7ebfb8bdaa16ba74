import type { z } from 'zod';
import type { Activities } from '../core/run/activities.ts';
import * as cases from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';
import { problems } from './failures.ts';
import { bytesOf, maxBytes } from './size.ts';

export const closeCase =
  (deps: Dependencies): Activities['closeCase'] =>
  async ({ caseId, process, outcome, result, impact }) => {
    const definition = definitionOf(deps, process);
    const worth = measured(definition.impact, impact);
    const bytes = bytesOf(result);
    if (bytes > maxBytes) {
      const flag = `The result is larger than ${maxBytes} bytes: its digest is kept`;
      return cases.closeCase(deps.pool, { caseId, outcome, result: { sha256: digest(result), bytes }, ...worth, flag });
    }
    const contract = definition.outcomes[outcome]; // `failed`, `cancelled` and `terminated` are everybody's, and free in form
    const read = contract?.safeParse(result);
    const flags = [...(read && !read.success ? [problems(read.error)] : []), ...(worth.flag ? [worth.flag] : [])];
    const flag = flags.length > 0 ? { flag: flags.join('; ') } : {};
    return cases.closeCase(deps.pool, { caseId, outcome, result, ...worth, ...flag });
  };

/** An impact that breaks its contract is not counted, and flagged. */
function measured(contract: z.ZodType | undefined, impact: unknown): { impact?: unknown; flag?: string } {
  if (impact === undefined) return {};
  if (!contract) return { flag: 'impact: the process declares none' };
  const read = contract.safeParse(impact);
  return read.success ? { impact: read.data } : { flag: `impact: ${problems(read.error)}` };
}
