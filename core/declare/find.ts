import type { Action, ProcessDefinition } from './definition.ts';

type Definitions = Readonly<Record<string, ProcessDefinition>>;

/** The declaration of a process by a name from outside; undefined also for what every object has, such as `constructor`. */
export const findDefinition = (definitions: Definitions, process: string): ProcessDefinition | undefined =>
  Object.hasOwn(definitions, process) ? definitions[process] : undefined;

/** How a stored write is declared; undefined once it is not declared any more. */
export function findDeclaredAction(
  definitions: Definitions,
  { process, action }: { process: string; action: string },
): Action | undefined {
  const actions = findDefinition(definitions, process)?.actions ?? {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}
