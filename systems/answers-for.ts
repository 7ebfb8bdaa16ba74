import { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { systemOf } from './index.ts';

const Opening = z.object({ process: z.string() });
const Undoing = z.object({ key: z.string().transform((key) => key.split('/')[0]) });

/** The queue that gets the task when a write is in doubt: its system's, or that of the process of the other case it is about. */
export function answersFor(
  definitions: Readonly<Record<string, ProcessDefinition>>,
  operation: string,
  input: unknown,
): string {
  const process = processOf(operation, input);
  const other = process !== undefined && Object.hasOwn(definitions, process) ? definitions[process] : undefined;
  return other?.owner ?? systemOf(operation)?.owner ?? operation;
}

function processOf(operation: string, input: unknown): string | undefined {
  if (operation === 'cases.open') return Opening.safeParse(input).data?.process;
  return operation === 'cases.undo' ? Undoing.safeParse(input).data?.key : undefined;
}
