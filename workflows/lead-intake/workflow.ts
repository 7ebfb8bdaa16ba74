import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { assign } from './assign.ts';
import { routingFacts, tierOf } from './facts.ts';
import { firstTouch } from './first-touch.ts';
import { look } from './look.ts';
import { routeOf } from './route.ts';
import { reachOut, takeIn } from './take-in.ts';
import { entryOf, lost, noPipeline, worthOf } from './terms.ts';
import type { Definition } from './types.ts';

/** A lead goes to whoever shall answer it, and stays open until somebody has. */
export const leadIntake = defineWorkflow<Definition>('lead-intake', async (lead, steps, theCase) => {
  const { check, handOff, act, conclude } = steps;
  const { leadId, channel, form } = lead;

  return steps.rounds.screening({ cleared: false, since: theCase.openedAt }, async ({ cleared, since }) => {
    const seen = await look(lead, steps);
    const ruling = await check.routing(routingFacts(lead, seen, cleared), { leadId });
    const { rule, verdict: decision, outputs } = ruling;
    if (decision === 'reject' || decision === 'discard') return conclude.disqualified({ because: rule }, noPipeline);

    if (decision === 'hold') {
      const [country, connectionCountry] = [seen.stated.outputs.code, seen.connection.outputs.code];
      const screened = await handOff.screen({ lead, country, connectionCountry, rule });
      if (screened.verdict === 'rejected') return conclude.disqualified({ because: screened.because }, noPipeline);
      if (screened.verdict === 'expired') return conclude.lapsed({ because: rule }, noPipeline);
      return again({ cleared: screened.verdict === 'approved', since: theCase.now() });
    }

    const entry = await check.entry({ decision, knownContact: seen.contact !== null }, entryOf(lead, seen, decision));
    if (entry.verdict !== 'allow') return conclude.disqualified({ because: entry.rule }, noPipeline);
    if (decision === 'suppress') {
      await act.recordTouch({ leadId, channel, form }, approvedBy(entry));
      return conclude.disqualified({ because: rule }, noPipeline);
    }
    await takeIn(approvedBy(entry), seen, steps);
    if (decision === 'nurture') {
      await reachOut(entry.terms, outputs.sequence, seen, steps);
      return conclude.nurtured({ because: rule }, noPipeline);
    }

    // Somebody is given it, and answers it within their time; else the next is.
    const route = routeOf(ruling, seen, tierOf(seen));
    const turn = await assign(route, [], steps, theCase);
    if (!turn) return conclude.lapsed({ because: 'nobody-may-have-it' }, lost);
    await reachOut(entry.terms, outputs.sequence, seen, steps);
    const touch = await firstTouch(lead, route, turn, since, steps, theCase);
    if (!touch) return conclude.lapsed({ because: 'no-first-touch' }, lost);

    const { inTime: _, ...touched } = { ...touch, rule };
    const worth = worthOf(lead, touch);
    const { contactId } = entry.terms;
    if (outputs.ends === 'merged') return conclude.merged({ ...touched, contactId: contactId ?? '' }, worth);
    const partner = seen.registration?.partner ?? '';
    if (outputs.ends === 'handed-to-partner' && touch.owner === outputs.owner)
      return conclude['handed-to-partner']({ ...touched, partner }, worth);
    return conclude.touched(touched, worth);
  });
});
