import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { openFile } from './claim-file.ts';
import { coverFacts, missingFrom } from './facts.ts';
import { settle } from './finance.ts';
import { look, packetOf } from './look.ts';
import { ask, closeAsDuplicate, deny, otherwise, takeIn } from './operations.ts';
import { investigate } from './risk.ts';
import { assessmentTerms } from './terms.ts';
import type { Definition } from './types.ts';

/** A loss was reported. Operations take it in and assess it, risk look into what is suspicious, finance settle; each may send it back. */
export const insuranceClaim = defineWorkflow<Definition>('insurance-claim', async (notice, steps, { today }) => {
  const { check, handOff } = steps;
  const reported = await look(openFile(notice), steps);

  // What a desk sends back is looked at anew: days may have passed, and something was learnt.
  return steps.rounds.look(await takeIn(reported, steps, today), async (file) => {
    const claim = await look(file, steps);
    const ruling = await check.cover(coverFacts(claim), assessmentTerms(claim));

    switch (ruling.verdict) {
      case 'ask':
        return ask(claim, missingFrom(claim), steps);

      case 'deny': // a rule only recommends it: a person denies
        return deny(claim, ruling, steps);

      case 'close':
        return closeAsDuplicate(claim, ruling, steps);

      case 'refer':
        return investigate(claim, ruling, steps);

      case 'assess': {
        const assessed = await handOff.assess(packetOf(claim, ruling.rule), ruling.terms, { to: ruling });
        switch (assessed.verdict) {
          case 'approved': {
            const { amount } = assessed.terms;
            return amount > 0 ? settle(claim, ruling, amount, steps) : deny(claim, ruling, steps);
          }
          case 'rejected':
            return deny(claim, ruling, steps);
          case 'returned':
          case 'expired':
            return otherwise(claim, ruling, assessed, steps);
        }
      }

      case 'allow':
        return settle(claim, ruling, ruling.terms.amount, steps);
    }
  });
});
