import type { Decision, Ruling } from '../../core/run/approval.ts';
import { again, rounds } from '../../core/run/rounds.ts';

type Ruled<On extends string, Terms> = Ruling<'examiner' | 'senior-examiner', On, Terms, { owner: string }>;

/** Puts the terms to the examiner whom the rules name. What they amend beyond their own authority, a senior examiner confirms. */
export async function confirmed<On extends string, Terms>(
  planned: Terms,
  rule: (terms: Terms) => Promise<Ruled<On, Terms>>,
  put: (ruling: Ruled<On, Terms>) => Promise<Decision<On, Terms>>,
): Promise<Decision<On, Terms>> {
  return rounds(await rule(planned), async (ruling) => {
    const decision = await put(ruling);
    if (decision.verdict !== 'approved' || !decision.amended) return decision;
    const amended = await rule(decision.terms);
    return ruling.verdict === 'examiner' && amended.verdict === 'senior-examiner' ? again(amended) : decision;
  });
}
