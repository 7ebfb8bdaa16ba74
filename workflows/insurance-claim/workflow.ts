import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { type Claim, openFile } from './claim-file.ts';
import type { definition } from './definition.ts';
import { settle } from './finance.ts';
import { look, packetOf } from './look.ts';
import { ask, assess, closeAsDuplicate, deny, takeIn } from './operations.ts';
import { investigate } from './risk.ts';
import { weigh } from './weigh.ts';

export const insuranceClaim = defineWorkflow<typeof definition>('insurance-claim', async (notice, steps, { today }) => {
  const claim: Claim = { notice, steps, today, file: openFile(notice) };
  let seen = await look(claim);
  await takeIn(claim, seen);

  const round = async () => {
    const { facts, terms, duplicateOf } = weigh(notice, claim.file, seen);
    const ruling = await steps.check.cover(facts, terms);
    const packet = packetOf(claim, seen, { ...facts, rule: ruling.rule });
    switch (ruling.verdict) {
      case 'ask':
        return ask(claim, facts.missing);
      case 'deny':
        return deny(claim, packet, ruling);
      case 'close':
        return closeAsDuplicate(claim, packet, ruling, duplicateOf);
      case 'refer':
        return investigate(claim, packet, ruling, seen);
      case 'assess': {
        const { covered, ended } = await assess(claim, packet, ruling);
        return covered === undefined ? ended : settle(claim, packet, ruling, seen, covered);
      }
      case 'allow':
        return settle(claim, packet, ruling, seen, ruling.terms.amount);
    }
  };

  // What a desk sends back is looked at anew by the rules: days may have passed, and something was learnt.
  for (;;) {
    const ended = await round();
    if (ended) return ended;
    seen = await look(claim, seen);
  }
});
