import type { Case, Steps } from '../../core/run/steps.ts';
import type { Approval } from '../../core/run/approval.ts';
import type { definition } from './definition.ts';
import {
  isStill,
  planRenewal,
  pricingFacts,
  type Request,
  riskFacts,
  sourcesOf,
  type Terms,
  type Wishes,
} from './plan.ts';

type S = Steps<typeof definition>;

/** What people have said yes to so far: the offer, and the rules that asked them. */
export interface Agreed {
  approval?: Approval<'offer', Terms<'offer'>>;
  passed: string[];
}

/**
 * Reads the records as they are now and rules on what would be offered. The model is asked once: what it says of the account
 * is for people to read, and what it says of the message can only send the case to one of them.
 */
export function assessing(request: Request, { assemble, infer, check }: S, { today }: Pick<Case, 'today'>) {
  const { subscriptionId, termEnd, message } = request;
  const term = { subscriptionId, termEnd };
  const look = () => assemble(sourcesOf(request));
  let briefed: ReturnType<S['infer']['brief']> | undefined;

  const assess = async (wishes: Wishes, offerNumber: number, before: Agreed) => {
    const account = await look();
    const { subscription, usage, tickets, earlier } = account;
    const brief = await (briefed ??= infer.brief({ message, subscription, usage, tickets, earlier }));
    const [pricing, risk] = await Promise.all([
      check.pricing(pricingFacts(account), term),
      check.churnRisk(riskFacts(account), term),
    ]);
    const { offer, facts } = planRenewal(request, wishes, account, pricing, brief, offerNumber, today());
    // A yes stands as long as what was approved is still what would be offered.
    const stands = !before.approval || isStill(before.approval.terms, offer, today());
    const agreed: Agreed = stands ? before : { passed: [] };
    const terms = agreed.approval?.terms ?? offer;
    const { points: riskPoints } = risk.outputs;
    const ruling = await check.renewal({ ...facts, riskPoints, passed: agreed.passed }, terms);

    const { summary, letter } = brief.answer;
    const packet = {
      ...{ request, subscription, earlier, riskPoints, summary, evidence: brief.evidence, rule: ruling.rule },
      ...{ annualValue: facts.annualValue, rightPrice: facts.rightPrice, priceFaults: facts.priceFaults },
      riskReasons: risk.rule,
    };
    // What a model wrote reaches the customer only once a person has read it.
    const draft = agreed.approval ? terms : { ...terms, letter: letter || offer.letter };
    return { ruling, facts, offer, draft, stands, packet };
  };

  return { assess, look };
}
