import { findDeclaredAction, findDefinition } from '../core/declare/find.ts';
import { freeTextsIn, textsIn } from './free-texts.ts';
import type { Db } from '../store/pool.ts';
import { mayRely, type Relying } from '../store/reversals.ts';
import type { Dependencies } from './dependencies.ts';

type Definitions = Dependencies['definitions'];

/**
 * The first later case that relies on a write which made these ids: in its request, while it is open, or in a write of it that
 * stands and can be taken back, a field is one of them. Words that people write as they like count for nothing.
 */
export async function reliedOnBy(
  db: Db,
  definitions: Definitions,
  key: string,
  ids: readonly string[],
): Promise<Relying | undefined> {
  if (ids.length === 0) return undefined;
  return (await mayRely(db, key, ids)).find((one) => relies(definitions, one, ids));
}

function relies(definitions: Definitions, { process, action, value }: Relying, ids: readonly string[]) {
  const written = action === null ? undefined : findDeclaredAction(definitions, { process, action });
  if (action !== null && written?.compensatedBy === undefined) return false;
  const schema = action === null ? findDefinition(definitions, process)?.request : written?.input;
  return textsIn(value, schema && freeTextsIn(schema)).some((text) => ids.includes(text));
}
