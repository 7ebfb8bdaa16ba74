import type { Decision, Ruling } from '../../core/run/approval.ts';

type Ruled<On extends string, Terms> = Ruling<'examiner' | 'senior-examiner', On, Terms, { owner: string }>;

/** Puts the terms to the examiner whom the rules name. What they amend beyond their own authority, a senior examiner confirms. */
export async function confirmed<On extends string, Terms>(
  planned: Terms,
  rule: (terms: Terms) => Promise<Ruled<On, Terms>>,
  put: (ruling: Ruled<On, Terms>) => Promise<Decision<On, Terms>>,
): Promise<Decision<On, Terms>> {
  const ask = async (ruling: Ruled<On, Terms>) => {
    const decision = await put(ruling);
    if (decision.verdict !== 'approved' || !decision.amended) return { decision };
    return { decision, amended: await rule(decision.terms) };
  };
  const ruling = await rule(planned);
  const { decision, amended } = await ask(ruling);
  const isBeyond = ruling.verdict === 'examiner' && amended?.verdict === 'senior-examiner';
  return isBeyond ? (await ask(amended)).decision : decision;
}
