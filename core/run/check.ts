import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';

/** `check.name(facts, terms)` and `check.name.each(lines, terms)`. */
export const check = (state: CaseState) =>
  byName((name) => {
    const each = (lines: readonly unknown[], terms: unknown) => {
      const step = state.step(name);
      state.at(`check ${name}`);
      return state.local('checkPolicy', name, `Apply policy ${name}`)({ ...step, lines: [...lines], terms });
    };
    return Object.assign((facts: unknown, terms: unknown) => each([facts], terms), { each });
  });
