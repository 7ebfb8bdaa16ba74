import { CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { z } from 'zod';
import { ModelUnavailable, ModelUnusable } from '../models/errors.ts';
import { CancelRequested } from '../store/cases.ts';
import { KeyReused } from '../store/steps.ts';
import { ApprovalUsed } from '../store/actions.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { FactsInvalid } from '../rules/decision-table.ts';

/** Why a step fails for good. Stable; `docs/errors.md` says what each means and whose it is. */
export const refusals = [
  'action-refused',
  'amendment-not-ruled',
  'approval-invalid',
  'approval-used',
  'writes-closed',
  'cancel-requested',
  'case-exists',
  'data-contract-breach',
  'facts-contradict-terms',
  'facts-invalid',
  'history-limit',
  'input-invalid',
  'key-reused',
  'model-unavailable',
  'model-unusable',
  'not-its-case',
  'outcome-unknown',
  'output-invalid',
  'packet-invalid',
  'person-needed',
  'request-invalid',
  'rounds-exceeded',
  'system-unavailable',
  'terms-invalid',
  'too-large',
  'workflow-id-invalid',
] as const;
export type Refusal = (typeof refusals)[number];

/** A failure that no retry mends. Its text goes into Temporal's history (encrypted) and names fields, never their values. */
export const refuse = (type: Refusal, message: string, ...details: unknown[]): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type, ...details);

/** A failure that may pass: the step goes on as an ordinary activity and is tried again. */
export const later = (type: string, message: string, nextRetryDelayMs?: number): ApplicationFailure =>
  ApplicationFailure.create({
    message,
    type,
    nonRetryable: false,
    ...(nextRetryDelayMs ? { nextRetryDelay: nextRetryDelayMs } : {}),
  });

/** Which fields broke a contract, and how. */
export const problems = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.') || '(all)'}: ${message}`).join('; ');

/** Reads `value` by its contract or refuses with `type`. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, type: Refusal): z.output<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw refuse(type, problems(read.error));
  return read.data;
}

/** What goes to Temporal and the workflow; a raw error of ours would be retried for ever under a name nobody knows. */
export function failureOf(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof SystemRefused) return refuse('action-refused', `${error.code}: ${error.message}`);
  if (error instanceof SystemUnavailable) return later('system-unavailable', error.message, error.retryAfterMs);
  if (error instanceof ModelUnavailable) return later('model-unavailable', error.message, error.retryAfterMs);
  if (error instanceof ModelUnusable) return later('model-unusable', error.message);
  if (error instanceof CancelRequested) return refuse('cancel-requested', error.message);
  if (error instanceof KeyReused) return refuse('key-reused', error.message);
  if (error instanceof ApprovalUsed) return refuse('approval-used', `${error.message} uses an approval a second time`);
  if (error instanceof FactsInvalid) return refuse('facts-invalid', error.message);
  return error;
}

/** How long this step has been tried altogether, in milliseconds; what a switch holds is given that time on top. */
export function triedFor(): number {
  const { isLocal, scheduledTimestampMs } = Context.current().info;
  return isLocal ? 0 : Date.now() - scheduledTimestampMs;
}
