import { defineQuery, defineSignal } from '@temporalio/workflow';

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

declare const leave: unique symbol;

/**
 * Leave to act on exactly these terms. It carries a reference, not authority: `act` looks the reference up. The brand keeps
 * a process from writing one by hand; it comes from `approvedBy` or from a person.
 */
export interface Approval<On extends string = string, Terms = unknown> {
  readonly [leave]: On;
  verdict: 'approved';
  reference: string;
  by: string;
  on: On;
  terms: Terms;
  /** A person changed the terms: they must be ruled on again before anything is written on them. */
  amended: boolean;
}

/** No leave: refused by a person, sent back for rework, or never answered. What that means is the story's to say. */
export interface Refusal {
  verdict: 'rejected' | 'returned' | 'expired';
  reference: string;
  by: string;
  because: string;
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

/** Sent once a decision is stored. It names the handoff and nothing else: the case reads the decision itself. */
export const decidedSignal = defineSignal<[handoffId: string]>('decided');

/** Sent once a business event was stored for this case; it names what was awaited. */
export const receivedSignal = defineSignal<[awaitedId: string]>('received');

/** What a case waits for: a person, an event, or a moment. `dueAt` is on the case's own clock. */
export interface Waiting {
  for: 'handoff' | 'event';
  id: string;
  owner?: string;
  /** The owner is a person, not a queue. */
  personal?: true;
  dueAt: string;
}

export interface CaseStatus {
  stage: string;
  waitingOn: Waiting[];
}
export const statusQuery = defineQuery<CaseStatus>('status');
