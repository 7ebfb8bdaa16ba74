import { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { systemOf } from './index.ts';

const Opening = z.object({ process: z.string() });

/** The queue that gets the task when a write is in doubt: its system's, or that of the process of a case that was opened. */
export function answersFor(
  definitions: Readonly<Record<string, ProcessDefinition>>,
  operation: string,
  input: unknown,
): string {
  const process = operation === 'cases.open' ? Opening.safeParse(input).data?.process : undefined;
  const opened = process !== undefined && Object.hasOwn(definitions, process) ? definitions[process] : undefined;
  return opened?.owner ?? systemOf(operation)?.owner ?? operation;
}
