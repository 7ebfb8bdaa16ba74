/** What the types of rounds and of a longest life must refuse: `npm run types` fails where one begins to compile. Never run. */
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import type { definition, lasting } from '../durability/processes/definition.ts';
import type { purchase } from '../vocabulary/processes/definitions.ts';

const decline = () => ({ outcome: 'declined' as const, result: { because: '' } });

// @ts-expect-error its longest life is declared, so its workflow says it, too
defineWorkflow<typeof lasting>('lasting', async () => decline());
// @ts-expect-error another than is declared
defineWorkflow<typeof lasting>('lasting', async () => decline(), { longestLife: '31 days' });
defineWorkflow<typeof lasting>('lasting', async () => decline(), { longestLife: '30 days' });
// @ts-expect-error none is declared
defineWorkflow<typeof definition>('errand', async () => decline(), { longestLife: '30 days' });

defineWorkflow<typeof purchase>('purchase', async (_request, { rounds, conclude }) => {
  // @ts-expect-error rounds that are not declared, so that nobody says how many
  await rounds.forever(1, async () => again(1));
  return rounds.write(1, async () => conclude.done({ text: '' }));
});
