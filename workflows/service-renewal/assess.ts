import { sourcesOf } from './account.ts';
import { pricingFacts, renewalFacts, riskFacts } from './facts.ts';
import { isStill, planOffer } from './terms.ts';
import type { Brief, OfferApproval, Request, Verbs } from './types.ts';
import { type Wishes, wishesOf } from './wishes.ts';

/** What a round begins with: what the customer wants by now, and what people have said yes to. */
export interface Round {
  wishes: Wishes;
  offerNumber: number;
  agreed: Agreed;
  /** What the model said of the account and the message; it is asked once. */
  brief?: Brief;
}

/** What people have said yes to so far: the offer, and the rules that asked them. */
interface Agreed {
  approval?: OfferApproval;
  passed: string[];
}

export const firstRound = ({ quote }: Request): Round => ({
  wishes: wishesOf(quote),
  offerNumber: 1,
  agreed: { passed: [] },
});

/**
 * Reads the records as they are now and rules on what would be offered. What the model says of the account is for people to
 * read; what it says of the message can only send the case to one of them.
 */
export async function assess(
  request: Request,
  round: Round,
  { assemble, infer, check }: Pick<Verbs, 'assemble' | 'infer' | 'check'>,
  today: string,
) {
  const { subscriptionId, termEnd, message } = request;
  const { wishes, offerNumber } = round;
  const term = { subscriptionId, termEnd };
  const account = await assemble(sourcesOf(request));
  const { subscription, usage, tickets, earlier } = account;
  const brief = round.brief ?? (await infer.brief({ message, subscription, usage, tickets, earlier }));

  const [pricing, risk] = await Promise.all([
    check.pricing(pricingFacts(account), term),
    check.churnRisk(riskFacts(account), term),
  ]);
  const planned = planOffer(request, wishes, account, pricing, offerNumber, today);
  const facts = renewalFacts(request, wishes, account, planned, brief, today);
  const { offer } = planned;

  // A yes stands as long as what was approved is still what would be offered.
  const { approval } = round.agreed;
  const agreed: Agreed = !approval || isStill(approval.terms, offer, today) ? round.agreed : { passed: [] };
  const terms = agreed.approval?.terms ?? offer;
  const { points: riskPoints } = risk.outputs;
  const ruling = await check.renewal({ ...facts, riskPoints, passed: agreed.passed }, terms);

  const { summary, letter } = brief.answer;
  const { annualValue, rightPrice, priceFaults } = facts;
  const packet = {
    ...{
      request,
      subscription,
      usage,
      tickets,
      earlier,
      annualValue,
      rightPrice,
      priceFaults,
      riskPoints,
      riskReasons: risk.rule,
    },
    ...{ summary, evidence: brief.evidence, rule: ruling.rule },
  };
  // What a model wrote reaches the customer only once a person has read it.
  const draft = agreed.approval ? terms : { ...terms, letter: letter || offer.letter };
  return { ruling, facts, offer, draft, packet, round: { ...round, agreed, brief } };
}
