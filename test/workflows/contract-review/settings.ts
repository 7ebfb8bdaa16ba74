import { swap } from './attacks.ts';
import type { Form } from './reading.ts';

/** The same words, however they are set. */
export const settings: Record<string, [form: Form, change: (draft: string) => string]> = {
  'as it stands': ['csa', (draft) => draft],
  'as it stands, of an NDA': ['nda', (draft) => draft],
  'with the line ends of another system': ['csa', (draft) => draft.replaceAll('\n', '\r\n')],
  'in shorter lines': ['csa', (draft) => draft.replaceAll(/( may| will) /g, '$1\n      ')],
  'with blank lines between clauses': ['csa', (draft) => draft.replaceAll('\n    ', '\n\n    ')],
  'with tabs': ['csa', (draft) => draft.replaceAll('    ', '\t')],
  'with no-break spaces': ['csa', (draft) => draft.replaceAll('30 days', '30\u00a0days')],
  'with straight quote marks': ['csa', (draft) => draft.replaceAll('’', "'")],
  'with other dashes': ['csa', (draft) => draft.replace('De-identified', 'De\u2010identified').replaceAll('—', '–')],
  'with bold headings and labels': [
    'csa',
    (draft) => draft.replaceAll('Assignment.', '**Assignment.**').replace('Governing Law:', '**Governing Law:**'),
  ],
  'with slanted words': ['csa', (draft) => draft.replaceAll('Customer Content', '_Customer Content_')],
  'with composed letters taken apart': ['csa', (draft) => draft.replaceAll('Lind', 'Lind'.normalize('NFD'))],
  'with the library’s words under the form’s heading': [
    'csa',
    swap('within 30 days of its date.', 'within 45 days of its date.'),
  ],
  'with the library’s words without a heading': [
    'csa',
    swap(
      'Payment. Customer pays each invoice within 30 days of its date.',
      'Customer pays each invoice within 45 days of its date.',
    ),
  ],
  'with all the fields of an NDA': [
    'nda',
    swap(
      '- Governing',
      '- Purpose: evaluating a business relationship\n- MNDA Term: 1 year\n- Effective Date: 2026-04-08\n- Governing',
    ),
  ],
  'with courts of the governing law': [
    'csa',
    swap('- Governing Law: Delaware', '- Governing Law: Delaware\n- Chosen Courts: courts of Delaware'),
  ],
};
