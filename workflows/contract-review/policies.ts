import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents, Currency, text } from '../../core/declare/values.ts';
import { Desk, Round, severities } from './actions.ts';
import { Clause, Name } from './request.ts';
import approvers from './tables/approvers.json' with { type: 'json' };
import coverPage from './tables/cover-page.json' with { type: 'json' };
import filing from './tables/filing.json' with { type: 'json' };
import playbook from './tables/playbook.json' with { type: 'json' };
import proceeding from './tables/proceeding.json' with { type: 'json' };
import rounds from './tables/rounds.json' with { type: 'json' };

export const Reading = z.enum(['sure', 'unsure']);

export const policies = {
  playbook: policy({
    on: 'contract',
    verdicts: severities,
    facts: z.strictObject({
      form: Name,
      clause: Clause,
      deviation: Name,
      /** Code finds other words there than the form's and the library's. */
      differs: z.boolean(),
    }),
    outputs: z.strictObject({ owner: Desk, foundBy: z.string(), form: z.string(), clause: z.string() }),
    table: playbook,
  }),
  coverPage: policy({
    on: 'contract',
    verdicts: ['none', 'fallback', 'escalate', 'stop'],
    facts: z.strictObject({
      form: Name,
      item: Name,
      stated: z.boolean(),
      readable: z.boolean(),
      law: text(500),
      /** In its own words, but for blanks and the shape of quote marks. */
      says: text(500),
      /** With the request, or with the rest of the cover page. */
      agrees: z.boolean(),
      /**
       * Months of fees, months, days, days between an effective date and today, or cents by which the fees are not the value
       * asked about.
       */
      amount: z.int(),
      annualValue: Cents,
    }),
    outputs: z.strictObject({ owner: Desk, deviation: z.string() }),
    table: coverPage,
  }),
  filing: policy({
    on: 'review',
    verdicts: ['allow', 'withhold'],
    facts: z.strictObject({ sameParty: z.boolean() }),
    table: filing,
  }),
  proceeding: policy({
    on: 'position',
    verdicts: ['allow', 'approve', 'fallback', 'escalate', 'stop', 'refuse'],
    facts: z.strictObject({
      reading: Reading,
      currency: Currency,
      annualValue: Cents,
      findings: z.int(),
      stops: z.int(),
      escalations: z.int(),
      fallbacks: z.int(),
      /** Redlines that are not the library's words for what they are about. */
      offLibrary: z.int(),
      /** Words for the library that are not those found in the draft. */
      offDraft: z.int(),
    }),
    outputs: z.strictObject({ neverWithout: Desk.optional(), reviewMinutesRemoved: z.int().optional() }),
    table: proceeding,
  }),
  approvers: policy({
    on: 'contract',
    verdicts: ['spared', 'asked'],
    facts: z.strictObject({
      desk: Name,
      /** How many findings are its own. */
      owned: z.int(),
      annualValue: Cents,
      currency: Currency,
      reading: Reading,
      decision: Name,
    }),
    table: approvers,
  }),
  rounds: policy({
    on: 'contract',
    verdicts: ['again', 'end'],
    facts: z.strictObject({ round: Round }),
    table: rounds,
  }),
};
