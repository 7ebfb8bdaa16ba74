import type { Activities } from '../core/activities.ts';
import * as cases from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';
import { problems } from './failures.ts';
import { bytesOf, maxBytes } from './size.ts';

export const closeCase =
  (deps: Dependencies): Activities['closeCase'] =>
  async ({ caseId, process, outcome, result }) => {
    const bytes = bytesOf(result);
    if (bytes > maxBytes) {
      const flag = `The result is larger than ${maxBytes} bytes: its digest is kept`;
      return cases.closeCase(deps.pool, { caseId, outcome, result: { sha256: digest(result), bytes }, flag });
    }
    const contract = definitionOf(deps, process).outcomes[outcome]; // `failed` and `cancelled` are everybody's, and free in form
    const read = contract?.safeParse(result);
    const flag = read && !read.success ? problems(read.error) : undefined;
    return cases.closeCase(deps.pool, { caseId, outcome, result, ...(flag ? { flag } : {}) });
  };
