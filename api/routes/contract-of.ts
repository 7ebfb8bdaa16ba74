import type { Handoff } from '../../core/declare/definition.ts';
import { findDefinition } from '../../core/declare/find.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import type { Deps } from '../deps.ts';

type Named = Pick<StoredHandoff, 'process' | 'name' | 'kind'>;

/** The contract of a handoff as it is declared now; undefined of tasks, and of what Baton asks by itself. */
export const contractOf = (definitions: Deps['definitions'], { process, name, kind }: Named): Handoff | undefined =>
  kind === 'task' ? undefined : findDefinition(definitions, process)?.handoffs[name];
