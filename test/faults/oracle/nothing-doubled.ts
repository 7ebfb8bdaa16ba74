import canonicalize from 'canonicalize';
import { headerSafe } from '../../../systems/call.ts';
import type { Evidence } from '../evidence.ts';
import { actionKeyOf, isOutside } from './effects.ts';
import { each, type Invariant, together } from './invariant.ts';

/** One effect for each key, one write for each approved line, and no more of the same than was meant. */
export const nothingDoubled: Invariant = {
  number: 2,
  name: 'nothing doubled',
  check(evidence) {
    const { actions, effects, cases } = evidence;
    return together(
      each(
        grouped(effects, ({ operation, key }) => `${operation} under ${key}`),
        ([what, same]) => (same.length > 1 ? `${what}: applied ${same.length} times` : undefined),
      ),
      each(
        grouped(actions, ({ approval, action, line }) => `${approval}: ${action} ${line}`),
        ([what, same]) => (same.length > 1 ? `${what}: written ${same.length} times on one approval` : undefined),
      ),
      each(sameOfACase(evidence), ([what, { meant, applied }]) =>
        applied > meant ? `${what}: applied ${applied} times, meant ${meant} times` : undefined,
      ),
      each(
        grouped(
          cases.filter(({ openedBy }) => openedBy),
          ({ openedBy }) => openedBy!,
        ),
        ([key, opened]) => (opened.length > 1 ? `${key}: opened ${opened.length} cases` : undefined),
      ),
    );
  },
};

/** Writes of one case of the same operation and input, under whatever keys. */
function sameOfACase({ actions, effects }: Evidence) {
  const counts = new Map<string, { meant: number; applied: number }>();
  const count = (what: string) => counts.set(what, counts.get(what) ?? { meant: 0, applied: 0 }).get(what)!;
  const prefixes = actions.map(({ key, caseId }) => ({ prefix: headerSafe(key), caseId }));
  for (const { caseId, operation, input } of actions.filter(isOutside))
    count(`${caseId} ${operation} ${canonicalize(input)}`).meant += 1;
  const byLength = prefixes.toSorted((a, b) => b.prefix.length - a.prefix.length);
  for (const { key, operation, body } of effects) {
    if (actionKeyOf(key) !== key) continue;
    const caseId = byLength.find(({ prefix }) => key.startsWith(prefix))?.caseId ?? key;
    count(`${caseId} ${operation} ${canonicalize(body)}`).applied += 1;
  }
  return counts;
}

function grouped<One>(many: readonly One[], by: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of many) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}
