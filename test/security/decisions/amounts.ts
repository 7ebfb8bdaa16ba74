import { setTimeout as delay } from 'node:timers/promises';
import type { AuthorityWorld } from '../../authority/world.ts';
import { setRoles } from '../../../store/members.ts';
import { type DecisionAttack, must, tries } from './arena.ts';

const now = async ({ pool }: AuthorityWorld): Promise<Date> =>
  (await pool.query<{ at: Date }>('select clock_timestamp() as at')).rows[0]!.at;

const buyer = ['buyers'];
const director = ['directors'];
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** Ways in by the amount, and by how many approve. */
export const byAmounts: Record<string, DecisionAttack> = {
  async 'a limit in another currency'({ world, people, random }) {
    const [person] = await people(buyer);
    await world.limits(person!, { amount: 1_000_000, currency: random.pick(['USD', 'JPY', 'EUX']) });
    const of = await world.open();
    const id = await of.ask(random.pick(['review', 'board'] as const));
    return tries(
      of,
      () => world.decide(id, person!),
      () => of.writes(id),
    );
  },

  async 'an amount amended beyond the limit'({ world, people, random }) {
    const [person] = await people(buyer);
    await world.limits(person!, eur(500));
    const of = await world.open({ amount: 500 });
    const id = await of.ask();
    const amount = random.int(501, 90_000);
    await of.ruleAgain(amount);
    const amend = { amend: { amount }, because: 'an attack' };
    return tries(
      of,
      () => world.decide(id, person!, amend),
      () => of.writes(id, amount),
    );
  },

  async 'a limit that was lowered meanwhile'({ world, people, random }) {
    const [away, delegate] = await people(buyer, director);
    await world.delegates(away!, delegate!);
    const decider = random.int(0, 1) === 0 ? away! : delegate!;
    await world.limits(away!, eur(500));
    const of = await world.open({ amount: 500 });
    const id = await of.ask();
    await must(world.decide(id, decider));
    await world.limits(away!, random.int(0, 1) === 0 ? eur(499) : { amount: 9_999, currency: 'USD' });
    return tries(of, () => of.writes(id));
  },

  async 'a limit that is lowered while the write is tried'({ world, people, random }) {
    const [person] = await people(buyer);
    await world.limits(person!, eur(500));
    const of = await world.open({ amount: 500 });
    const id = await of.ask();
    await must(world.decide(id, person!));
    const pause = random.int(0, 12);
    const lowered = world.limits(person!, eur(499)).then(() => now(world));
    const written = delay(pause).then(() => of.writes(id));
    const [at, answer] = await Promise.all([lowered, written]);
    const begun = (await world.record(of.caseId)).find(({ type }) => type === 'action.intended');
    if (begun && new Date(begun.at) <= at) return { caseId: of.caseId, answers: [], begunBefore: true };
    return tries(of, () => Promise.resolve(answer));
  },

  async 'the larger limit of a delegate, or of their delegator'({ world, people, random }) {
    const [away, delegate] = await people(buyer, director);
    await world.delegates(away!, delegate!);
    await world.limits(random.int(0, 1) === 0 ? away! : delegate!, eur(499));
    const of = await world.open({ amount: 500 });
    const id = await of.ask();
    return tries(
      of,
      () => world.decide(id, delegate!),
      () => of.writes(id),
    );
  },

  async 'one person in the place of two'({ world, people }) {
    const [person] = await people(buyer);
    const of = await world.open();
    const id = await of.ask('board');
    await must(world.decide(id, person!));
    return tries(
      of,
      () => world.decide(id, person!),
      () => of.writes(id),
    );
  },

  async 'one person in the place of two, through a delegation'({ world, people, random }) {
    const [person, other] = await people(buyer, director);
    await world.delegates(person!, other!);
    const of = await world.open();
    const id = await of.ask('board');
    const [first, second] = random.int(0, 1) === 0 ? [person!, other!] : [other!, person!];
    await must(world.decide(id, first));
    return tries(
      of,
      () => world.decide(id, second),
      () => of.writes(id),
    );
  },

  /** Answers at once: of two by the same people one may count. */
  async 'one person many times at once'({ world, people }) {
    const [person, other] = await people(buyer, director);
    await world.delegates(person!, other!);
    const of = await world.open();
    const id = await of.ask('board');
    const at = [person!, other!, person!, other!].map((as) => world.decide(id, as));
    const answers = (await Promise.all(at)).toSorted();
    await must(Promise.resolve(answers[0]!));
    return tries(of, ...answers.slice(1).map((one) => () => Promise.resolve(one)), () => of.writes(id));
  },

  async 'other terms than the first approved'({ world, people }) {
    const [first, second] = await people(buyer, buyer);
    const of = await world.open({ amount: 500 });
    const id = await of.ask('board');
    await must(world.decide(id, first!));
    await must(world.decide(id, second!, { amend: { amount: 700 } }));
    await of.ruleAgain(700);
    return tries(
      of,
      () => world.decide(id, second!),
      () => of.writes(id, 700),
      () => of.writes(id),
    );
  },

  async 'one of two who lost the role, or has a lower limit, by the time of the write'({ world, people, random }) {
    const both = await people(buyer, buyer);
    const of = await world.open();
    const id = await of.ask('board');
    for (const person of both) await must(world.decide(id, person));
    const one = random.pick(both);
    await (random.int(0, 1) === 0 ? setRoles(world.pool, one, ['finance']) : world.limits(one, eur(1)));
    return tries(of, () => of.writes(id));
  },
};
