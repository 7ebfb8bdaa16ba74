import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';

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
const AddInput = z.object({ formId: Reference, clause: text(40), text: text(5_000) });
/** What a wording is for that departs from nothing: somebody accepted it in the place of the form's own words. */
const accepted = 'accepted-wording';
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
  writes: {
    add: operation(AddInput, async (input, records) => {
      if (!(await records.get(Form, input.formId)))
        throw new Refusal('form-unknown', `There is no form ${input.formId}.`);
      const wordingId = newId('WRD');
      records.put(Wording, { ...input, wordingId, deviation: accepted });
      return { wordingId };
    }),
    remove: operation(
      z.object({ result: z.object({ wordingId: Reference }) }),
      async ({ result: { wordingId } }, records) => {
        records.remove(Wording, await existing(records, Wording, wordingId, 'wording'));
        return { wordingId };
      },
    ),
  },
};
