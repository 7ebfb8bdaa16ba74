import { setRoles } from '../../../store/members.ts';
import type { AuthorityWorld } from '../../authority/world.ts';
import type { Random } from '../random.ts';

export type Case = Awaited<ReturnType<AuthorityWorld['open']>>;

/** What one attack works with: people of its own, in a world that others attack at the same time. */
export interface Arena {
  world: AuthorityWorld;
  random: Random;
  /** New people, each with these roles in the store. */
  people(...roles: string[][]): Promise<string[]>;
}

/** What came of one attack. */
export interface Outcome {
  caseId: string;
  /** How each of its tries was answered: `200` or `done` where it got through, else the code of the refusal. */
  answers: string[];
  /** What forbids the write came after it had begun. */
  begunBefore?: boolean;
}

/** One try to decide, or to write, what must not be. It may do whatever is allowed before. */
export type DecisionAttack = (arena: Arena) => Promise<Outcome>;

export function arena(world: AuthorityWorld, random: Random, run: string): Arena {
  let n = 0;
  return {
    world,
    random,
    people: (...roles) =>
      Promise.all(
        roles.map(async (theirs) => {
          const person = `p-${run}-${++n}`;
          await setRoles(world.pool, person, theirs);
          return person;
        }),
      ),
  };
}

/** The code alone, of how a call or a write was answered. */
export const codeOf = (answer: string): string => answer.replace(/^\d{3} /, '').replace(/:.*/s, '');

/** One after the other; each must be refused. */
export async function tries({ caseId }: Case, ...tried: (() => Promise<string>)[]): Promise<Outcome> {
  const answers: string[] = [];
  for (const one of tried) answers.push(codeOf(await one()));
  return { caseId, answers };
}

/** What the attack rests on is allowed: else it shows nothing. */
export async function must(answer: Promise<string>): Promise<void> {
  const got = await answer;
  if (got !== '200' && got !== 'done') throw new Error(`What an attack rests on was refused: ${got}`);
}
