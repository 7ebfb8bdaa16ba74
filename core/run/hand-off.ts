import { type Limits, usualLimits } from '../declare/limits.ts';
import { type Approval, type Decision, type Refusal, together } from './approval.ts';
import type { Step } from './activities.ts';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';
import { decisionOn } from './decision.ts';
import { type Beside, beside, callOff } from './side-by-side.ts';
import type { Turned } from './steps.ts';

type Asking = Turned & { to?: { id: string } };
type Ask = (packet: unknown, terms?: unknown, asking?: Asking) => Promise<Decision>;

/** `handOff.name(packet, terms)` and `handOff.all(packets, on, terms)`. */
export const handOff = (state: CaseState, limits: Pick<Limits, 'askedAgain'>) => {
  const one = (name: string) => question(state, name);
  return byName(one, { all: allOf(one, limits) as (...args: never[]) => unknown });
};

/** Puts the case to its owner; again, where the contract says to whom it goes back when it is returned. */
const question =
  (state: CaseState, name: string): Ask =>
  async (packet, terms, { to, dueBy } = {}) => {
    const asking = { packet, terms, ...(to ? { to: to.id } : {}), ...(dueBy === undefined ? {} : { dueBy }) };
    let again = {};
    for (;;) {
      const step = state.step(name);
      state.at(`hand off ${name}`);
      const open = () => state.local('openHandoff', name, `Ask for ${name}`)({ ...step, ...asking, ...again });
      const decision = await decisionOn(state, step, open);
      if (decision.verdict === 'approved' || decision.rework === undefined) return decision;
      await reworked(state, { ...step, key: decision.rework });
      again = { reworked: decision.rework };
    }
  };

/** Waits until whoever it was returned to has answered, or their time is over. */
async function reworked(state: CaseState, step: Step): Promise<void> {
  const { name } = step;
  state.at(`rework ${name}`);
  await decisionOn(state, step, () => state.local('turnHandoff', name, `Look at the rework of ${name}`)(step));
}

/** The same terms to several owners at once: one decision over all. What is amended again and again goes back for rework. */
const allOf =
  (one: (name: string) => Ask, { askedAgain }: Pick<Limits, 'askedAgain'>) =>
  async (packets: Record<string, unknown>, on: string, given: unknown, asking?: Asking): Promise<Decision> => {
    const names = Object.keys(packets);
    const open = new Map<string, Beside<{ name: string; decision: Decision }>>();
    const approvals = new Map<string, Approval>();
    let terms = given;
    let again = Math.min(...names.map((name) => askedAgain[name] ?? usualLimits.askedAgain));
    const put = (name: string) => {
      approvals.delete(name);
      const asked = beside(async () => ({ name, decision: await one(name)(packets[name], terms, asking) }));
      open.set(name, asked);
    };
    names.forEach(put);
    while (open.size > 0) {
      const { name, decision } = await Promise.race([...open.values()].map(({ answer }) => answer));
      open.delete(name);
      if (decision.verdict !== 'approved') {
        await callOff(open.values());
        return decision;
      }
      approvals.set(name, decision);
      if (!decision.amended) continue;
      terms = decision.terms;
      await callOff(open.values());
      if (again-- === 0) return amendedTooOften(decision);
      names.filter((other) => other !== name).forEach(put);
    }
    const [first, ...others] = names.flatMap((name) => approvals.get(name) ?? []); // as declared, whoever was first
    return { ...together(first!, ...others), on, terms, amended: terms !== given };
  };

const amendedTooOften = ({ reference }: Approval): Refusal => ({
  ...{ verdict: 'returned', reference, by: 'baton', because: 'amended-too-often' },
});
