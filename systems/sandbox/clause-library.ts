import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const Form = kind(
  'clauseLibrary.forms',
  'formId',
  z.object({ formId: Reference, title: text(200), text: text(2_000_000) }),
  () => ['all'],
);
const Wording = kind(
  'clauseLibrary.wordings',
  'wordingId',
  z.object({ wordingId: Reference, formId: Reference, deviation: text(100), clause: text(40), text: text(5_000) }),
  ({ formId }) => [`form:${formId}`],
);
const byForm = z.strictObject({ formId: z.string() });

/** Our standard forms, and the wordings that were approved in advance for where a draft departs from them. */
export const clauseLibrary: SystemOfRecord = {
  name: 'clauseLibrary',
  kinds: [Form, Wording],
  reads: {
    forms: operation(z.strictObject({}), async (_, records) =>
      (await records.having(Form, 'all')).map(({ formId, title }) => ({ formId, title })),
    ),
    /** A draft may follow none of them. */
    form: operation(
      byForm,
      async ({ formId }, records) => (await records.get(Form, formId)) ?? { formId: 'other', title: '', text: null },
    ),
    wordings: operation(byForm, async ({ formId }, records) =>
      (await records.having(Wording, `form:${formId}`)).map(({ formId: _, ...wording }) => wording),
    ),
  },
  writes: {},
};
