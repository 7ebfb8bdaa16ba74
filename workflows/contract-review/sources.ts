import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { Clause, Deviation, Line, Name, Text } from './request.ts';

/** Words approved in advance: what we ask for in the place of a deviation, or what may stand in the place of a clause. */
export const Wording = z.object({ wordingId: Reference, deviation: Deviation, clause: Clause, text: text(5_000) });

/** A line of the cover page, or a clause, that is not as in the standard form or the library. */
export const Difference = z.object({
  kind: z.enum(['changed', 'added', 'removed', 'moved']),
  clause: Clause,
  quote: text(1_000).nullable(),
  at: z.int().nullable(),
  to: z.int().nullable(),
  stood: text(1_000).nullable(),
  wording: text(5_000).nullable(),
});

export const sources = {
  contract: source({
    reads: 'contracts.find',
    owner: 'legal-operations',
    maxAge: '1 hours',
    by: z.object({ contractId: Reference }),
    gives: z.object({ counterparty: Reference, version: z.int() }).nullable(),
  }),
  forms: source({
    reads: 'clauseLibrary.forms',
    owner: 'legal-operations',
    maxAge: '24 hours',
    by: z.object({}),
    gives: z.array(z.object({ formId: Name, title: text(200) })),
  }),
  standard: source({
    reads: 'clauseLibrary.form',
    owner: 'legal-operations',
    maxAge: '24 hours',
    by: z.object({ formId: Name }),
    /** Without a text where there is no such form: the draft is on other paper. */
    gives: z.object({ formId: Name, title: text(200), text: Text.nullable() }),
  }),
  wordings: source({
    reads: 'clauseLibrary.wordings',
    owner: 'legal-operations',
    maxAge: '24 hours',
    by: z.object({ formId: Name }),
    gives: z.array(Wording),
  }),
  /** Code compares: what of the draft is neither the form's nor the library's, whatever a model says about it. */
  comparison: source({
    reads: 'texts.compare',
    owner: 'legal-operations',
    maxAge: '24 hours',
    by: z.object({
      draft: Text,
      standard: Text,
      title: text(200),
      labels: z.array(Name),
      wordings: z.array(Wording.pick({ clause: true, text: true })),
    }),
    gives: z.object({
      fields: z.array(z.object({ label: Name, says: Line, quote: Line, at: z.int() })),
      differences: z.array(Difference),
      unshown: z.int(),
    }),
  }),
};
