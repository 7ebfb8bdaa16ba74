import type { Story } from '../activities/go-ahead.ts';
import * as workflows from '../workflows/index.ts';

/** Every process's story by its workflow type, to be told ahead when a case is opened. */
export const stories: Record<string, Story> = Object.fromEntries(
  Object.entries(workflows).map(([type, { story }]) => [type, story]),
);
