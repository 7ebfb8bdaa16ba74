import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { callerByKey, isKey } from './keys.ts';
import { withRolesThatCount } from './roles-source.ts';

/** Whose token it is: a machine's key, or what the issuer signed for a person. Throws `Problem`. */
export async function callerOf(token: string, deps: Deps): Promise<Caller> {
  if (isKey(token)) return callerByKey(deps.pool, token);
  return withRolesThatCount(deps, await deps.verify(token));
}
