import type { ProcessDefinition } from '../core/declare/definition.ts';
import { splitOperation } from './index.ts';

/** The systems that a process writes to. */
export const systemsWrittenBy = ({ actions }: Pick<ProcessDefinition, 'actions'>): Set<string> =>
  new Set(Object.values(actions).map(({ does }) => splitOperation(does)[0]));
