import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { answerTo } from './answer.ts';
import { type Agreed, assessing } from './assess.ts';
import { book } from './book.ts';
import { addDays } from '../../rules/dates.ts';
import type { definition } from './definition.ts';
import { countered, impactOf, isRenegotiated, isThisTerm, renewalOn, without, wishesOf } from './plan.ts';

export const serviceRenewal = defineWorkflow<typeof definition>('service-renewal', async (request, steps, theCase) => {
  const { check, handOff, receive, act, conclude } = steps;
  const { subscriptionId, termEnd } = request;
  const term = { subscriptionId, termEnd };
  const { assess, look } = assessing(request, steps, theCase);
  let wishes = wishesOf(request.quote);
  let agreed: Agreed = { passed: [] };

  // Days pass between one turn and the next: each begins with what the records say by then.
  for (let offerNumber = 1; ;) {
    const { ruling, facts, offer, draft, packet, stands } = await assess(wishes, offerNumber, agreed);
    if (!stands) agreed = { passed: [] };
    const { rule, outputs } = ruling;
    const { answerBy: dueBy, discountPercent } = offer;
    const worth = (retained: number, minutes?: number) =>
      impactOf(facts, retained, theCase.today() <= termEnd, minutes);
    // Silence is not a no; but a customer who gave notice has said it already.
    const unanswered = facts.cancelledInTime ? conclude.declined : conclude.lapsed;

    if (ruling.verdict === 'close') return conclude.withdrawn({ because: rule });
    if (ruling.verdict === 'wait') {
      await receive.notice(term, { until: addDays(termEnd, -(outputs.openWindowDays ?? 0)) });
      continue;
    }
    if (ruling.verdict === 'hold') {
      const cleared = await handOff.clear(packet, undefined, { to: ruling, dueBy });
      if (cleared.verdict === 'rejected') return conclude.declined({ because: cleared.because }, worth(0));
      if (cleared.verdict === 'expired') return conclude.lapsed({ because: rule }, worth(0));
      continue;
    }
    if (ruling.verdict === 'keep') {
      const asItIs = renewalOn({ ...offer, conditions: null }, facts.annualValue);
      const kept = await handOff.keepTerms(packet, asItIs, { dueBy });
      if (kept.verdict === 'returned') continue;
      if (kept.verdict !== 'approved') return conclude.lapsed({ because: kept.because }, worth(0));
      const { bookingId } = await act.bookRenewal(kept.terms, kept);
      return conclude.renewed({ ...kept.terms, bookingId }, worth(kept.terms.annualPrice));
    }
    if (ruling.verdict !== 'allow') {
      const to = ruling.verdict === 'discount' ? await check.discountAuthority({ discountPercent }, term) : ruling;
      const decision = await handOff.approve(packet, draft, { to, dueBy });
      if (decision.verdict === 'expired') return unanswered({ because: rule }, worth(0));
      if (decision.verdict === 'approved') agreed = { approval: decision, passed: [...agreed.passed, rule] };
      if (decision.verdict === 'rejected') {
        if (ruling.verdict === 'ask') return conclude.declined({ because: decision.because }, worth(0));
        wishes = without(ruling.verdict, wishes); // the customer is offered what is left of it
      }
      continue;
    }

    const approval = agreed.approval ?? approvedBy(ruling);
    await act.sendOffer(approval.terms, approval);
    const isStillDue = async () => isThisTerm(request, (await look()).subscription);
    const answer = await answerTo(approval.terms, steps, theCase, isStillDue);
    if (!answer) return conclude.lapsed({ because: 'no-answer' }, worth(0));
    if (answer.answer === 'declined') return conclude.declined({ because: answer.because }, worth(0));
    if (answer.answer === 'counter') {
      wishes = countered(wishes, answer);
      offerNumber += 1;
      continue;
    }
    const { booked, because } = await book(approval.terms, await look(), packet, steps, theCase.today());
    if (!booked) return conclude.lapsed({ because }, worth(0));
    const impact = worth(booked.annualPrice, agreed.approval ? 0 : outputs.reviewMinutesRemoved);
    return isRenegotiated(approval.terms) ? conclude.renegotiated(booked, impact) : conclude.renewed(booked, impact);
  }
});
