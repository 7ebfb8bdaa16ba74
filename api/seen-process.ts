import type { ProcessDefinition } from '../core/declare/definition.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import { definitionOf, seesCasesOf } from './visibility.ts';

/** The processes whose cases a caller sees. */
export const seenProcesses = ({ definitions }: Pick<Deps, 'definitions'>, caller: Caller): string[] =>
  Object.values(definitions)
    .map(({ name }) => name)
    .filter((process) => seesCasesOf(definitions, caller, process));

/** One of them. Throws `not-found`, also for a process that the caller does not see. */
export function seenProcess(
  { definitions }: Pick<Deps, 'definitions'>,
  caller: Caller,
  process: string,
): ProcessDefinition {
  const definition = definitionOf(definitions, process);
  if (!seesCasesOf(definitions, caller, process)) throw new Problem('not-found', 'No such process is declared');
  return definition;
}
