/** What the workers run: every process's workflow, and what a process's schedule starts. */
export * from '../workflows/index.ts';
export { dueCases as 'due-cases' } from '../core/run/due-cases.ts';
