import type { Answers } from './answers.ts';
import { type Clause, compare, split } from './contract-clauses.ts';
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

const required: Record<string, { form: Form; path: string }> = {
  indemnity: { form: 'csa', path: '9.1' },
  'confidentiality-duty': { form: 'csa', path: '10.1' },
  'force-majeure': { form: 'csa', path: '12.12' },
  'return-or-destruction': { form: 'nda', path: '6' },
};

interface Change {
  clause: string;
  reads: string;
  quote: string;
  stood: string;
}

function changesOf(form: Form, { clause, stood }: { clause: Clause; stood: Clause | undefined }): Change[] {
  const appended = stood !== undefined && clause.words.startsWith(`${stood.words} `);
  const quote = appended ? clause.words.slice(stood.words.length + 1) : clause.words;
  const path = stood?.path ?? clause.path;
  const reads = readingOf(form, stood?.path, quote);
  const change = { clause: path, reads, quote: quote.slice(0, 2_000), stood: appended ? '' : (stood?.words ?? '') };
  const hidden = reads === 'hidden-instruction' ? [] : instructionsIn(quote);
  const told = hidden.map((one) => ({
    clause: path,
    reads: 'hidden-instruction',
    quote: one.slice(0, 2_000),
    stood: one,
  }));
  return [change, ...told]; // counted once: what is quoted twice stands for itself
}

export const contractReview: Answers = {
  'contract-review_outline': ({ text, forms }: { text: string; forms: { formId: string; title: string }[] }) => {
    const cover = coverOf(text);
    return { form: formOf(text, forms), cover, confidence: 0.95, evidence: cover.map(({ quote }) => quote) };
  },

  'contract-review_clauses': ({ text, form, standard }: { text: string; form: Form; standard: string | null }) => {
    const draft = split(text);
    const model = split(standard ?? '');
    const { changed, removed, standing } = compare(draft.clauses, within(draft.clauses, model.clauses));
    const cover = coverOf(text).map(({ quote }) => quote);
    const known = new Set([...model.loose, ...cover]);
    const changes = changed
      .flatMap((one) => changesOf(form, one))
      .filter(({ reads }) => standard !== null || reads !== 'unusual-term');
    const wordsOf = (path: string) =>
      draft.clauses.find(({ words: said }) => standing.some((one) => one.path === path && one.words === said)) ??
      changed.find(({ stood }) => stood?.path === path)?.clause;
    return {
      changes: changes.slice(0, 30),
      standing: Object.entries(required).flatMap(([clause, where]) => {
        const quote = where.form === form ? wordsOf(where.path)?.words.slice(0, 300) : undefined;
        return quote ? [{ clause, quote }] : [];
      }),
      removed: removed.slice(0, 20).map(({ path, words: said }) => ({ clause: path, stood: said.slice(0, 3_000) })),
      frame: draft.loose
        .filter((line) => !known.has(line))
        .slice(0, 40)
        .map((line) => ({ quote: line.slice(0, 500) })),
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
