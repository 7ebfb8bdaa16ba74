import type { Answers } from './answers.ts';
import { type Changed, type Clause, changedIn, split } from './contract-clauses.ts';
import { type Form, instructionsIn, readingOf } from './contract-deviations.ts';

const items: Record<string, RegExp> = {
  'governing-law': /^governing law\b/i,
  'general-cap': /^general cap\b/i,
  'subscription-period': /^subscription (?:period|term)\b/i,
  'non-renewal-notice': /^non-?renewal notice\b/i,
  fees: /^fees?\b/i,
};

/** The lines before the first clause that say one of the items. */
const coverOf = (text: string) =>
  beforeClauses(text).flatMap((quote) => {
    const item = Object.keys(items).find((name) => items[name]!.test(quote) && quote.includes(':'));
    return item ? [{ item, quote: quote.slice(0, 500) }] : [];
  });

const beforeClauses = (text: string): string[] => {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^\s*1\.\s/.test(line));
  return split(lines.slice(0, first < 0 ? lines.length : first).join('\n')).loose;
};

const words = (title: string) => title.toLowerCase().match(/[a-z]{3,}/g) ?? [];

/** Which form the title of the draft names; a text without one is nobody's form. */
function formOf(text: string, forms: { formId: string; title: string }[]): string {
  const [title = ''] = text.split('\n').filter((line) => line.trim() !== '');
  const said = new Set(words(title));
  return forms.find((form) => words(form.title).every((word) => said.has(word)))?.formId ?? 'other';
}

interface Change {
  clause: string;
  reads: string;
  quote: string;
}

function changesOf(form: Form, { clause, stood }: Changed): Change[] {
  const appended = stood !== undefined && clause.words.startsWith(`${stood.words} `);
  const quote = appended ? clause.words.slice(stood.words.length + 1) : clause.words;
  const path = stood?.path ?? clause.path;
  const reads = readingOf(form, stood?.path, quote);
  const hidden = reads === 'hidden-instruction' ? [] : instructionsIn(quote);
  return [
    { clause: path, reads, quote: quote.slice(0, 2_000) },
    ...hidden.map((one) => ({ clause: path, reads: 'hidden-instruction', quote: one.slice(0, 2_000) })),
  ];
}

export const contractReview: Answers = {
  'contract-review_outline': ({ text, forms }: { text: string; forms: { formId: string; title: string }[] }) => {
    const cover = coverOf(text);
    return { form: formOf(text, forms), cover, confidence: 0.95, evidence: cover.map(({ quote }) => quote) };
  },

  'contract-review_clauses': ({ text, form, standard }: { text: string; form: Form; standard: string | null }) => {
    const draft = split(text).clauses;
    const changes = changedIn(draft, within(draft, split(standard ?? '').clauses))
      .flatMap((one) => changesOf(form, one))
      .filter(({ reads }) => standard !== null || reads !== 'unusual-term');
    return {
      changes: changes.slice(0, 30),
      confidence: 0.95,
      evidence: changes.slice(0, 10).map(({ clause, reads }) => `${clause}: ${reads}`),
    };
  },

  'contract-review_wordings': ({ findings, library }: { findings: Found[]; library: Wording[] }) => ({
    chosen: findings.flatMap(({ id, deviation }) => {
      const wording = library.find((one) => one.deviation === deviation);
      return wording ? [{ id, wordingId: wording.wordingId }] : [];
    }),
    confidence: 0.95,
    evidence: [],
  }),
};

interface Found {
  id: string;
  deviation: string;
}
interface Wording {
  wordingId: string;
  deviation: string;
}

/** The clauses of the standard form that a part of a draft should hold: from the first to the last that it does hold. */
function within(draft: readonly Clause[], standard: readonly Clause[]): Clause[] {
  const held = new Set(draft.map(({ words: said }) => said));
  const indexes = standard.flatMap(({ words: said }, index) => (held.has(said) ? [index] : []));
  const startsHere = draft[0]?.path === '1';
  return standard.slice(startsHere ? 0 : (indexes[0] ?? 0), (indexes.at(-1) ?? standard.length) + 1);
}
