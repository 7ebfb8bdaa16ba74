import type { Answers } from './answers.ts';

interface Detail {
  what: 'date-of-loss' | 'amount' | 'cause';
  value: string;
  quote: string;
}

interface Given {
  narrative: string;
  documents: { kind: string; text: string }[];
  notice: { cause: string };
}

export const insuranceClaim: Answers = {
  'insurance-claim_read': ({ narrative, documents, notice }: Given) => {
    const details = detailsIn(narrative, notice.cause);
    const unclear = /\b(?:not sure|cannot remember|don't know)\b/i.exec(narrative)?.[0];
    return {
      details,
      recommendation: unclear === undefined ? 'pay' : 'ask',
      summary: summary(details, documents, unclear),
      confidence: unclear === undefined ? 0.93 : 0.4,
      evidence: details.map(({ what, quote }) => `narrative (${what}): ${quote}`),
    };
  },
};

function detailsIn(narrative: string, cause: string): Detail[] {
  const date = /\b\d{4}-\d{2}-\d{2}\b/.exec(narrative)?.[0];
  const amount = /\$\d[\d,]*(?:\.\d{2})?/.exec(narrative)?.[0];
  const named = narrative.indexOf(cause.replaceAll('_', ' '));
  return [
    ...(date ? [{ what: 'date-of-loss' as const, value: date, quote: date }] : []),
    ...(amount ? [{ what: 'amount' as const, value: amount.replace(/[$,]/g, ''), quote: amount }] : []),
    ...(cause && named >= 0
      ? [{ what: 'cause' as const, value: cause, quote: narrative.slice(named, named + cause.length) }]
      : []),
  ];
}

function summary(details: Detail[], documents: Given['documents'], unclear: string | undefined): string {
  const told = details.map(({ what, quote }) => `${what.replaceAll('-', ' ')} "${quote}"`).join(', ') || 'no details';
  const filed = documents.length > 0 ? ` On file: ${documents.map(({ kind }) => kind).join(', ')}.` : '';
  const doubt = unclear === undefined ? '' : ` The claimant writes "${unclear}".`;
  return `The narrative gives ${told}.${filed}${doubt}`.slice(0, 2_000);
}
