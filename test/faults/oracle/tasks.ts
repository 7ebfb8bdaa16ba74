import type { Evidence, SeenTask } from '../evidence.ts';

/** The tasks about a write. */
export const tasksOn = ({ tasks }: Pick<Evidence, 'tasks'>, key: string): SeenTask[] =>
  tasks.filter((task) => task.key === key || task.key === `${key}/undo`);
