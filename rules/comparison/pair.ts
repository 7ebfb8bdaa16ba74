import type { Clause } from './clauses.ts';

export type Unequal =
  | { kind: 'changed'; clause: Clause; standard: Clause }
  | { kind: 'removed'; standard: Clause }
  /** `last`: the last of several that follow one another. */
  | { kind: 'added' | 'moved'; clause: Clause; last: Clause };

type Fits = (clause: Clause, standard: Clause) => boolean;

/**
 * Pairs the clauses of a draft with those of the form and answers what is not equal: in the order of the draft, then what is
 * gone. A clause belongs to the one of its number and words, else of its words, else of its number.
 */
export function pair(draft: readonly Clause[], form: readonly Clause[], isAccepted: Fits): Unequal[] {
  const pairs = pairsOf(draft, form, isAccepted);
  const place = new Map(form.map((standard, index) => [standard, index]));
  const found: Unequal[] = [];
  let furthest = -1;
  let before: Unequal | undefined;
  for (const clause of draft) {
    const standard = pairs.get(clause);
    const index = standard ? place.get(standard)! : furthest;
    let now: Unequal | undefined;
    if (!standard) now = { kind: 'added', clause, last: clause };
    else if (index < furthest || standard.path !== clause.path) now = { kind: 'moved', clause, last: clause };
    furthest = Math.max(furthest, index);
    if (now?.kind === 'moved' && before?.kind === 'moved') [now, before.last] = [before, clause];
    else if (now) found.push(now);
    if (standard && !isSame(clause, standard) && !isAccepted(clause, standard) && standard.path === clause.path)
      found.push({ kind: 'changed', clause, standard });
    before = now;
  }
  const paired = new Set(pairs.values());
  const removed = form.filter((standard) => !paired.has(standard));
  return [...found, ...removed.map((standard) => ({ kind: 'removed', standard }) as const)];
}

const isSame: Fits = (one, other) => one.said === other.said && one.words[0]!.word === other.words[0]!.word;

function pairsOf(draft: readonly Clause[], form: readonly Clause[], isAccepted: Fits): Map<Clause, Clause> {
  const pairs = new Map<Clause, Clause>();
  const taken = new Set<Clause>();
  const pass = (by: (clause: Clause) => string, fits: Fits) => {
    const free = Map.groupBy(
      form.filter((standard) => !taken.has(standard)),
      by,
    );
    for (const clause of draft) {
      const candidate = pairs.has(clause) ? undefined : free.get(by(clause))?.at(0);
      if (!candidate || taken.has(candidate) || !fits(clause, candidate)) continue;
      pairs.set(clause, candidate);
      taken.add(candidate);
      free.get(by(clause))!.shift();
    }
  };
  pass(
    ({ path }) => path,
    (clause, standard) => isSame(clause, standard) || isAccepted(clause, standard),
  );
  pass(
    ({ said }) => said,
    () => true,
  );
  pass(
    ({ path }) => path,
    () => true,
  );
  return pairs;
}
