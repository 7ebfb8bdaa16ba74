import type { Answers } from './answers.ts';

interface Given {
  message: string | null;
  subscription: { contractType: string; tenureMonths: number; seats: number; termEnd: string } | null;
  usage: { usagePercent: number } | null;
  tickets: { ticketsIn90Days: number; openSeverity1: number };
  earlier: { discountPercent: number }[];
}

export const serviceRenewal: Answers = {
  'service-renewal_brief': ({ message, subscription, usage, tickets, earlier }: Given) => {
    const used = usage ? `uses ${usage.usagePercent} % of what was bought` : 'has no measured use';
    const opened = `${tickets.ticketsIn90Days} ticket(s) in 90 days, ${tickets.openSeverity1} of severity 1 open`;
    const discounts = earlier.map(({ discountPercent }) => `${discountPercent} %`).join(', ');
    const wrote = message === null ? '' : ` The customer wrote: “${message.slice(0, 300).toWellFormed()}”`;
    const about = subscription
      ? `${subscription.contractType}, ${subscription.seats} seat(s), a customer for ${subscription.tenureMonths} months`
      : 'No such subscription';
    return {
      asksFor: asked(message ?? ''),
      summary: `${about}; ${used}; ${opened}. Earlier discounts: ${discounts || 'none'}.${wrote}`,
      letter: `Your term ends on ${subscription?.termEnd ?? 'its day'}. Thank you for your trust; our offer for the next one is enclosed.`,
      confidence: 0.95,
      evidence: [
        ...(usage ? [`usage.usagePercent: ${usage.usagePercent}`] : []),
        `tickets.ticketsIn90Days: ${tickets.ticketsIn90Days}`,
      ],
    };
  },
};

const kinds: [RegExp, string][] = [
  [/\b(?:cancel|leave|terminate my|give notice|not renew)\b/i, 'to leave'],
  [/\d\s?%\s?off\b|\bdiscount\b|\bcheaper\b/i, 'a discount'],
  [/\bagree to\b|\bterms?\b|\bclause\b/i, 'other terms'],
];

const asked = (message: string): string =>
  kinds.find(([words]) => words.test(message))?.[1] ?? (message.trim() === '' ? 'nothing' : 'something else');
