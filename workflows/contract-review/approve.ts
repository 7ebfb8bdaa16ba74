import type { review } from './review.ts';
import type { S } from './types.ts';

type Reviewed = Awaited<ReturnType<typeof review>>;

/** Everybody whom the playbook names is asked at once, and all must agree; behind a hard line legal must, too. */
export async function approve({ position, packet, approvers, ruling }: Reviewed, { handOff }: Pick<S, 'handOff'>) {
  const packets = Object.fromEntries(approvers.map((desk) => [desk, packet]));
  const decision = await handOff.all(packets, 'position', position);
  const { neverWithout } = ruling.outputs;
  if (decision.verdict !== 'approved' || !neverWithout || approvers.includes(neverWithout)) return decision;
  return handOff.counsel(packet, decision.terms);
}
