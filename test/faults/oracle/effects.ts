import { headerSafe } from '../../../systems/call.ts';
import { systemOf } from '../../../systems/index.ts';
import type { Evidence, SeenAction } from '../evidence.ts';

type Effect = Evidence['effects'][number];

/** The effect of each write and of its compensation, by the keys of the actions. */
export function effectsOf({ actions, effects }: Pick<Evidence, 'actions' | 'effects'>) {
  const byKey = new Map<string, Effect[]>();
  for (const effect of effects) byKey.set(effect.key, [...(byKey.get(effect.key) ?? []), effect]);
  return actions.filter(isOutside).map((action) => {
    const key = headerSafe(action.key);
    const [done] = byKey.get(key) ?? [];
    const undo = (byKey.get(headerSafe(`${action.key}/undo`)) ?? []).at(-1);
    /** It was applied, and nothing after it took it back: a compensation that came first took nothing back. */
    const stands = done !== undefined && !(undo && undo.seq > done.seq);
    return { action, done, undo, stands };
  });
}

/** What is part of Baton itself stands in no journal. */
export const isOutside = ({ operation }: Pick<SeenAction, 'operation'>): boolean => !systemOf(operation)?.internal;

/** The key of the action that an effect was written under. */
export const actionKeyOf = (key: string): string => key.replace(/\/undo$/, '');
