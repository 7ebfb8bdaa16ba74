import { z } from 'zod';
import { processOfId } from '../core/declare/case-id.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { findDefinition } from '../core/declare/find.ts';
import { systemOf } from './index.ts';

const Opening = z.object({ process: z.string() });
const Undoing = z.object({ key: z.string().transform(processOfId) });

/** The queue that gets the task when a write is in doubt: its system's, or that of the process of the other case it is about. */
export function answersFor(
  definitions: Readonly<Record<string, ProcessDefinition>>,
  operation: string,
  input: unknown,
): string {
  const process = processOf(operation, input);
  const other = process === undefined ? undefined : findDefinition(definitions, process);
  return other?.owner ?? systemOf(operation)?.owner ?? operation;
}

function processOf(operation: string, input: unknown): string | undefined {
  if (operation === 'cases.open') return Opening.safeParse(input).data?.process;
  return operation === 'cases.undo' ? Undoing.safeParse(input).data?.key : undefined;
}
