import { partsOf, type TextRef } from '../../core/declare/texts.ts';
import { coverLabels } from './cover-page.ts';
import type { Comparison, Form, Outline, Part, Verbs, Wording } from './types.ts';

/** What code and a model read in a draft. */
export interface DraftReading {
  form: string;
  outline: Outline;
  /** Without a standard form there is none. */
  comparison: Comparison | undefined;
  parts: Part[];
}

/** Code compares the draft with the form that it follows; a model is asked what the differences are, where there are any. */
export async function readDraft(
  text: TextRef,
  forms: Form[],
  { assemble, infer }: Verbs,
): Promise<DraftReading & { library: Wording[] }> {
  const outline = await infer.outline({ text: partsOf(text)[0]!, forms });
  const formId = outline.answer.form;
  const { standard, wordings: library } = await assemble({ standard: { formId }, wordings: { formId } });
  const { text: standardText, title } = standard;
  const form = standardText ? standard.formId : 'other';
  const compareWith = (against: TextRef) =>
    assemble({
      comparison: {
        ...{ draft: text, standard: against, title, labels: Object.keys(coverLabels) },
        wordings: library.map(({ clause, text: words }) => ({ clause, text: words })),
      },
    });
  const comparison = standardText ? (await compareWith(standardText)).comparison : undefined;
  const shown = isStandard(comparison) ? [] : partsOf(text);
  const parts = await Promise.all(shown.map((part) => infer.clauses({ text: part, form, standard: standardText })));
  return { form, outline, comparison, parts, library };
}

/** Code found each word to be the form's or the library's. Then no model is asked, and how sure one is decides nothing. */
const isStandard = (comparison: Comparison | undefined): boolean =>
  comparison !== undefined && comparison.differences.length + comparison.unshown === 0;

export const isSure = ({ comparison, outline, parts }: DraftReading): boolean =>
  isStandard(comparison) || [outline, ...parts].every(({ confident }) => confident);
