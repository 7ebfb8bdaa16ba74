/** What the workers run: every process's story, and what a process's schedule starts. */
export * from '../workflows/index.ts';
export { dueCases as 'due-cases' } from '../core/run/due-cases.ts';
