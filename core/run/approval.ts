/** What a policy ruled on which terms, and by which row: one shape per verdict, so testing the verdict narrows the ruling. */
export type Ruling<
  Verdict extends string = string,
  On extends string = string,
  Terms = unknown,
  Outputs = Record<string, unknown>,
> = Verdict extends string
  ? {
      verdict: Verdict;
      id: string;
      policy: string;
      rule: string;
      on: On;
      terms: Terms;
      /** What the row said beside its verdict. */
      outputs: Outputs;
    }
  : never;

declare const approval: unique symbol;

/**
 * An approval of exactly these terms. It carries a reference, not authority: `act` looks the reference up. The brand keeps
 * a process from writing one by hand; it comes from a rule or from a person.
 */
export interface Approval<On extends string = string, Terms = unknown> {
  readonly [approval]: On;
  verdict: 'approved';
  reference: string;
  by: string;
  on: On;
  terms: Terms;
  /** A person changed the terms: they must be ruled on again before anything is written on them. */
  amended: boolean;
}

/** No approval: refused by a person, sent back for rework, or never answered. The process says what that means. */
export interface Refusal {
  verdict: 'rejected' | 'returned' | 'expired';
  reference: string;
  by: string;
  because: string;
  /** The turn of whoever it goes back to, where the contract says to whom. */
  rework?: string;
}
export type Decision<On extends string = string, Terms = unknown> = Approval<On, Terms> | Refusal;

/** Let a ruling stand as the approval: what a rule allows needs no person. Any other verdict does not compile. */
export const approvedBy = <On extends string, Terms>(
  ruling: Ruling<'allow', On, Terms, unknown>,
): Approval<On, Terms> => {
  const { id, policy, rule, on, terms } = ruling;
  return { verdict: 'approved', reference: id, by: `${policy}/${rule}`, on, terms, amended: false } as Approval<
    On,
    Terms
  >;
};

/** What several people approved, at once or one after the other: whatever is written on it, each of them must still stand by. */
export const together = <On extends string, Terms>(
  first: Approval<On, Terms>,
  ...others: readonly Approval<On, Terms>[]
): Approval<On, Terms> => {
  const all = [first, ...others];
  const reference = all.map((one) => one.reference).join(' + ');
  return { ...first, reference, by: all.map((one) => one.by).join(', ') };
};

type AnyRuling = { verdict: string; id: string; policy: string; rule: string; on: string; terms: unknown };

/** For each verdict of the ruling but `allow`: how a person is asked. */
type Questions<R extends AnyRuling> = {
  [V in Exclude<R['verdict'], 'allow'>]: (ruling: Extract<R, { verdict: V }>) => Promise<Decision<R['on'], R['terms']>>;
};

/**
 * The approval for a ruling: what the rule allows is approved by it, what it leaves to a person is asked of that person.
 * Terms that the person amended are put to `ruleAgain`; they stand if it allows them or leaves them to such a person, too.
 */
export async function approvalFor<R extends AnyRuling>(
  ruling: R,
  questions: Questions<R>,
  ruleAgain?: (terms: R['terms']) => Promise<AnyRuling>,
): Promise<Decision<R['on'], R['terms']>> {
  type Ask = (ruling: R) => Promise<Decision<R['on'], R['terms']>>;
  const ask = (questions as unknown as Record<string, Ask | undefined>)[ruling.verdict];
  const decision = ask ? await ask(ruling) : approvedBy(ruling as unknown as Ruling<'allow', R['on'], R['terms']>);
  if (!ruleAgain || decision.verdict !== 'approved' || !decision.amended) return decision;
  const { verdict, id: reference, policy, rule } = await ruleAgain(decision.terms);
  if (verdict === 'allow' || verdict in questions) return decision;
  return { verdict: 'rejected', reference, by: `${policy}/${rule}`, because: rule };
}
