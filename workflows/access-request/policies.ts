import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import access from './tables/access.json' with { type: 'json' };
import approver from './tables/approver.json' with { type: 'json' };
import effect from './tables/effect.json' with { type: 'json' };
import entitlement from './tables/entitlement.json' with { type: 'json' };
import proposal from './tables/proposal.json' with { type: 'json' };
import removal from './tables/removal.json' with { type: 'json' };

/** In whose names somebody agrees. */
const step = z.enum(['manager', 'roleOwner', 'security']);

export const policies = {
  removal: policy({
    on: 'removal',
    verdicts: ['allow', 'unchanged', 'deny'],
    facts: z.strictObject({ personKnown: z.boolean(), isMember: z.boolean() }),
    table: removal,
  }),
  proposal: policy({
    on: 'proposal',
    verdicts: ['allow', 'return'],
    facts: z.strictObject({ suggested: z.int(), confident: z.boolean() }),
    table: proposal,
  }),
  entitlement: policy({
    on: 'grant',
    verdicts: ['usual', 'asked'],
    facts: z.strictObject({
      privileged: z.boolean(),
      kind: z.enum(['employee', 'contractor']),
      birthright: z.boolean(),
      usualForJob: z.boolean(),
    }),
    outputs: z.strictObject({ limited: z.boolean(), maxDays: z.int() }),
    table: entitlement,
  }),
  access: policy({
    on: 'grant',
    verdicts: ['allow', 'unchanged', 'approve', 'return', 'deny'],
    facts: z.strictObject({
      roleKnown: z.boolean(),
      personKnown: z.boolean(),
      employment: z.string(),
      hasAccount: z.boolean(),
      /** For at least as long as is asked for. */
      held: z.boolean(),
      conflicts: z.int(),
      excepted: z.int(),
      daysOver: z.int(),
      daysLeft: z.int(),
      reasonLength: z.int(),
      automatic: z.boolean(),
      privileged: z.boolean(),
      /** How the resources are classed that it reaches. */
      reaches: z.array(z.string()),
    }),
    outputs: z.strictObject({ approvers: z.array(step).optional() }),
    table: access,
  }),
  approver: policy({
    on: 'grant',
    verdicts: ['allow', 'manager', 'managerAbove', 'roleOwner', 'security', 'wait'],
    facts: z.strictObject({
      missing: z.array(step),
      manager: z.enum(['direct', 'above', 'none']),
      roleOwner: z.enum(['may', 'none']),
      security: z.enum(['may', 'none']),
    }),
    table: approver,
  }),
  effect: policy({
    on: 'grant',
    verdicts: ['allow', 'compensate'],
    facts: z.strictObject({ isMember: z.boolean() }),
    table: effect,
  }),
};
