/** What the workers run: every process's workflow, and what schedules start. */
export * from '../workflows/index.ts';
export { dueCases as 'due-cases' } from '../core/run/due-cases.ts';
export { reconciliation } from '../core/run/reconciliation.ts';
