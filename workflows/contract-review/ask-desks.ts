import { type Decision, together } from '../../core/run/approval.ts';
import type { Reviewed } from './review.ts';
import type { Desk, Position, Verbs } from './types.ts';

const desks: readonly Desk[] = ['legal', 'privacy', 'security', 'finance', 'procurement'];

/** Asks everybody whom the playbook names at once, and all must agree; behind a hard line legal must, too. */
export async function askDesks(reviewed: Reviewed, { check, handOff }: Verbs): Promise<Decision<'position', Position>> {
  const { packet, ruling } = reviewed;
  const asked = await desksFor(reviewed, check);
  const packets = Object.fromEntries(asked.map((desk) => [desk, packet]));
  const decision = await handOff.all(packets, 'position', ruling.terms);
  const { neverWithout } = ruling.outputs;
  if (decision.verdict !== 'approved' || !neverWithout || asked.includes(neverWithout)) return decision;
  const counsel = await handOff.counsel(packet, decision.terms);
  if (counsel.verdict !== 'approved' || counsel.amended) return counsel; // legal have the last word behind a hard line
  return together(decision, counsel);
}

async function desksFor({ draft, packet, findings }: Reviewed, check: Verbs['check']): Promise<Desk[]> {
  const { request, reading, decision } = packet;
  const { annualValue, currency } = request;
  const isAsked = async (desk: Desk) => {
    const owned = findings.filter(({ owner }) => owner === desk).length;
    const facts = { desk, owned, annualValue, currency, reading, decision };
    return (await check.approvers(facts, draft)).verdict === 'asked';
  };
  const asked = await Promise.all(desks.map(isAsked));
  return desks.filter((_desk, index) => asked[index]);
}
