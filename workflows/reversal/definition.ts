import { z } from 'zod';
import { defineProcess } from '../../core/declare/define.ts';
import { actions, Reversal } from './actions.ts';
import { handoffs, Kept } from './handoffs.ts';
import { Key, Request } from './request.ts';
import { sources } from './sources.ts';

const Came = z.strictObject({ compensated: z.array(Key), kept: Kept });

/** What a closed case wrote is taken back, newest first, once somebody of its process's owners approved exactly that. */
export const definition = defineProcess({
  name: 'reversal',
  owner: 'admin',
  internal: true,
  request: Request,
  key: ['reversalId'],
  about: ['about'],
  terms: { reversal: Reversal },
  outcomes: {
    reversed: Came,
    'partly-reversed': Came,
    refused: z.strictObject({ because: z.string(), kept: Kept }),
  },

  context: sources,
  inferences: {},
  policies: {},
  handoffs,
  actions,
  events: {},
});
