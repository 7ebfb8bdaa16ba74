import { freeTextsIn, textsIn } from './free-texts.ts';
import type { Db } from '../store/pool.ts';
import { type Naming, naming } from '../store/reversals.ts';
import { type Dependencies, findDefinition } from './dependencies.ts';

/**
 * The first later case that relies on a write which made these ids: in its request, while it is open, or in a write of it that
 * stands and can be taken back, a field is one of them. Words that people write as they like count for nothing.
 */
export async function reliedOnBy(
  db: Db,
  deps: Pick<Dependencies, 'definitions'>,
  key: string,
  ids: readonly string[],
): Promise<Naming | undefined> {
  if (ids.length === 0) return undefined;
  return (await naming(db, key, ids)).find((one) => relies(deps, one, ids));
}

function relies(deps: Pick<Dependencies, 'definitions'>, { process, action, value }: Naming, ids: readonly string[]) {
  const { request, actions = {} } = findDefinition(deps, process) ?? {};
  const written = action !== null && Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (action !== null && written?.compensatedBy === undefined) return false;
  const schema = action === null ? request : written?.input;
  return textsIn(value, schema && freeTextsIn(schema)).some((text) => ids.includes(text));
}
