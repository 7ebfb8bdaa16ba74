import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { assign } from './assign.ts';
import { routeOf } from './candidates.ts';
import type { definition } from './definition.ts';
import { entryOf, routingFacts, tierOf } from './facts.ts';
import { firstTouch } from './first-touch.ts';
import { look } from './look.ts';
import { reachOut, takeIn } from './take-in.ts';

/** What a lead is worth that nobody sells to. */
const nothing = { pipelineValue: 0 };
const lost = { ...nothing, touchedInTime: false };

export const leadIntake = defineWorkflow<typeof definition>('lead-intake', async (lead, steps, theCase) => {
  const { check, handOff, act, conclude } = steps;
  const { leadId, channel, form } = lead;
  let since = theCase.openedAt;

  for (let cleared = false; ;) {
    const seen = await look(lead, steps);
    const ruling = await check.routing(routingFacts(lead, seen, cleared), { leadId });
    const { rule, verdict: decision, outputs } = ruling;

    if (decision === 'reject' || decision === 'discard') return conclude.disqualified({ because: rule }, nothing);
    if (decision === 'hold') {
      const [country, connectionCountry] = [seen.stated.outputs.code, seen.connection.outputs.code];
      const screened = await handOff.screen({ lead, country, connectionCountry, rule });
      if (screened.verdict === 'rejected') return conclude.disqualified({ because: screened.because }, nothing);
      if (screened.verdict === 'expired') return conclude.lapsed({ because: rule }, nothing);
      cleared = screened.verdict === 'approved';
      since = theCase.now();
      continue;
    }

    const entry = await check.entry({ decision, knownContact: seen.contact !== null }, entryOf(lead, seen, decision));
    if (entry.verdict !== 'allow') return conclude.disqualified({ because: entry.rule }, nothing);
    if (decision === 'suppress') {
      await act.recordTouch({ leadId, channel, form }, approvedBy(entry));
      return conclude.disqualified({ because: rule }, nothing);
    }
    await takeIn(approvedBy(entry), seen, steps);
    if (decision === 'nurture') {
      await reachOut(entry.terms, outputs.sequence, seen, steps);
      return conclude.nurtured({ because: rule }, nothing);
    }

    const route = routeOf(ruling, seen, tierOf(seen));
    const turn = await assign(route, [], steps, theCase);
    if (!turn) return conclude.lapsed({ because: 'nobody-may-have-it' }, lost);
    await reachOut(entry.terms, outputs.sequence, seen, steps);
    const touch = await firstTouch(lead, route, turn, since, steps, theCase);
    if (!touch) return conclude.lapsed({ because: 'no-first-touch' }, lost);

    const { owner, touchedBy, minutes, inTime } = touch;
    const impact = {
      ...{ minutesToFirstTouch: minutes, touchedInTime: inTime },
      ...(lead.budget === null ? {} : { pipelineValue: lead.budget }),
    };
    const touched = { owner, touchedBy, minutes, rule };
    if (outputs.ends === 'merged')
      return conclude.merged({ ...touched, contactId: entry.terms.contactId ?? '' }, impact);
    if (outputs.ends === 'handed-to-partner' && owner === outputs.owner)
      return conclude['handed-to-partner']({ ...touched, partner: seen.registration?.partner ?? '' }, impact);
    return conclude.touched(touched, impact);
  }
});
