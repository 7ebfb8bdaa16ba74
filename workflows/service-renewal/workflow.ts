import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { addDays } from '../../rules/dates.ts';
import { answerTo } from './answer.ts';
import { assess, firstRound } from './assess.ts';
import { book } from './book.ts';
import { impactOf, isRenegotiated, letterOf, renewalOn } from './terms.ts';
import type { Definition } from './types.ts';
import { countered, without } from './wishes.ts';

/** A term ends soon: an offer goes out by rule or by the desk that may decide it, and the customer answers. */
export const serviceRenewal = defineWorkflow<Definition>('service-renewal', async (request, steps, { today }) => {
  const { check, handOff, receive, act, conclude } = steps;
  const { subscriptionId, termEnd } = request;
  const term = { subscriptionId, termEnd };

  // Days pass between one turn and the next: each begins with what the records say by then.
  return steps.rounds.turn(firstRound(request), async (before) => {
    const { ruling, facts, offer, draft, packet, round } = await assess(request, before, steps, today());
    const { rule, outputs } = ruling;
    const { agreed, wishes, offerNumber } = round;
    const { answerBy: dueBy, discountPercent } = offer;
    const worth = (retained: number, minutes?: number) => impactOf(facts, retained, today() <= termEnd, minutes);

    switch (ruling.verdict) {
      case 'close':
        return conclude.withdrawn({ because: rule });

      case 'wait':
        await receive.notice(term, { until: addDays(termEnd, -(outputs.openWindowDays ?? 0)) });
        return again(round);

      case 'hold': {
        const cleared = await handOff.clear(packet, undefined, { to: ruling, dueBy });
        if (cleared.verdict === 'rejected') return conclude.declined({ because: cleared.because }, worth(0));
        if (cleared.verdict === 'expired') return conclude.lapsed({ because: rule }, worth(0));
        return again(round);
      }

      case 'keep': {
        const asItIs = renewalOn({ ...offer, conditions: null }, facts.annualValue);
        const kept = await handOff.keepTerms(packet, asItIs, { dueBy });
        if (kept.verdict === 'returned') return again(round);
        if (kept.verdict !== 'approved') return conclude.lapsed({ because: kept.because }, worth(0));
        const { bookingId } = await act.bookRenewal(kept.terms, kept);
        return conclude.renewed({ ...kept.terms, bookingId }, worth(kept.terms.annualPrice));
      }

      case 'ask':
      case 'terms':
      case 'discount': {
        const to = ruling.verdict === 'discount' ? await check.discountAuthority({ discountPercent }, term) : ruling;
        const decision = await handOff.approve(packet, draft, { to, dueBy });
        switch (decision.verdict) {
          case 'approved':
            return again({ ...round, agreed: { approval: decision, passed: [...agreed.passed, rule] } });
          case 'returned':
            return again(round);
          case 'rejected':
            if (ruling.verdict === 'ask') return conclude.declined({ because: decision.because }, worth(0));
            return again({ ...round, wishes: without(ruling.verdict, wishes) }); // what is left of it is offered
          case 'expired': // silence is not a no; but a customer who gave notice has said it already
            if (facts.cancelledInTime) return conclude.declined({ because: rule }, worth(0));
            return conclude.lapsed({ because: rule }, worth(0));
        }
      }

      case 'allow': {
        const approval = agreed.approval ?? approvedBy(ruling);
        await act.sendOffer(letterOf(approval.terms), approval);
        const answer = await answerTo(approval.terms, request, steps, { today });
        if (!answer) return conclude.lapsed({ because: 'no-answer' }, worth(0));
        if (answer.answer === 'declined') return conclude.declined({ because: answer.because }, worth(0));
        if (answer.answer === 'counter')
          return again({ ...round, wishes: countered(wishes, answer), offerNumber: offerNumber + 1 });

        const { booked, because } = await book(approval.terms, request, packet, steps, today());
        if (!booked) return conclude.lapsed({ because }, worth(0));
        const impact = worth(booked.annualPrice, agreed.approval ? 0 : outputs.reviewMinutesRemoved);
        return isRenegotiated(approval.terms)
          ? conclude.renegotiated(booked, impact)
          : conclude.renewed(booked, impact);
      }
    }
  });
});
