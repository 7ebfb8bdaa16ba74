/** By what a change of which clause is recognised: what stood there says what it is about, the words say what was made of it. */

export type Form = 'csa' | 'nda' | 'other';

const reviewer =
  /\b(?:automat\w+|AI|artificial intelligence|language[- ]models?|LLMs?|software|bots?|robots?|assistants?|chatbots?|reviewers?|reviewing|machines?|systems?|algorithms?|whoever (?:reads|reviews))\b/i;
const verdictOnTheText =
  /\b(?:report|flag|return|output|list|answer|respond|reply|mark|treat|classify|rate|score|state|say|raise|approve|accept|clear|pass|summari[sz]e|consider|conclude|confirm)(?:e?s|e?d|ing)?\b[^.]{0,60}\b(?:no|zero|none|nothing|approved?|approval|cleared|clean|compliant|compliance|acceptable|standard|fine|low[- ]risk|issues?|concerns?|deviations?|findings?|without)\b/i;
const overrules =
  /\b(?:ignore|disregard|forget|override|overrule|skip|bypass)\b[^.]{0,40}\b(?:instruct\w*|rules?|prompts?|guid\w+|playbook|deviations?|findings?|polic\w+|checks?|clauses?)|\bsystem prompt\b/i;

/** Not what the parties owe each other, but what a reader of the text is to make of it. */
const speaksToReviewers = (words: string) =>
  overrules.test(words) || (reviewer.test(words) && verdictOnTheText.test(words));

interface Signs {
  reads: string;
  signs: RegExp[];
}

/** What may be added in a clause of its own. */
const additions: Signs[] = [
  {
    reads: 'exclusivity',
    signs: [
      /\bexclusiv\w*|\bsingle[- ]source|\bsole suppl\w+|\bsole\w*\b[^.]{0,30}\b(?:suppl\w+|provid\w+|vendor|source)|\bloyalty\b|\bnon-?compet\w*/i,
      /\bcompet\w+|\b(?:similar|comparable|alternative|rival|substitute|equivalent)\b/i,
      /\b(?:not|refrain|only|solely|no other)\b[^.]{0,80}\b(?:purchas\w*|buy\w*|procur\w*|obtain\w*|licen[cs]\w*|us(?:e|ing)|engag\w*|deal\w*|evaluat\w*|sourc\w*|contract\w*)|\b(?:purchas|buy|procur|obtain|licens|us|sourc)\w*\b[^.]{0,80}\b(?:only|solely|exclusively)\b/i,
      /\b(?:any other|another|other|no other) (?:suppliers?|vendors?|providers?|products?|services?)\b/i,
    ],
  },
  {
    reads: 'liquidated-damages',
    signs: [
      /\bliquidated\b|\bpenalt\w+|\bagreed (?:sum|damages)|\bfixed (?:sum|amount|charge)|\blump sum|\bstipulated/i,
      /[$€£]\s?\d|\b(?:USD|EUR|GBP|dollars?|euros?|pounds?)\b/i,
      /\b(?:each|every|any|per)\b[^.]{0,30}\b(?:breach|violation|infringement|default|incident)/i,
      /\b(?:pay\w*|owe\w*|forfeit\w*)\b/i,
    ],
  },
  {
    reads: 'on-site-audit',
    signs: [
      /\baudit\w*|\binspect\w*|\bexamin\w*|\bverif\w*/i,
      /\b(?:premises|offices?|facilit\w+|sites?|on-?site|data ?cent(?:er|re)s?|buildings?|locations?)\b/i,
      /\b(?:enter|access|visit|attend)\w*\b/i,
      /\b(?:unannounced|without (?:prior |advance |any )*(?:notice|announcement|warning)|at any (?:time|hour))\b/i,
    ],
  },
];

/** The clause's own deviation, or one whose words say otherwise. */
const byClause: Record<string, string> = {
  'csa 5.1': 'auto-renewal-long',
  'csa 12.6': 'free-assignment',
  'csa 1.6': 'training-on-content',
  'csa 4.1': 'price-increase',
  'csa 4.5': 'short-payment',
  'csa 5.5(b)': 'retention',
  'csa 5.4': 'one-sided-exit',
  'csa 12.8': 'publicity',
  'csa 12.16': 'hidden-instruction',
  'csa 12.10': 'harmless-rewording',
  'csa 12.11': 'harmless-notice-rewording',
  'nda 3': 'nda-one-way',
  'nda 7': 'nda-residuals',
  'nda 10': 'nda-non-solicit',
};

/** What it is that somebody wrote where `path` stood in the standard form, or wrote anew. */
export function readingOf(form: Form, path: string | undefined, words: string): string {
  if (path === '8.1(a)' && form === 'csa') return cap(words);
  const own = path === undefined ? undefined : byClause[`${form} ${path}`];
  if (own && !own.startsWith('harmless')) return own;
  if (speaksToReviewers(words)) return 'hidden-instruction';
  const [best] = additions
    .map(({ reads, signs }) => ({ reads, score: signs.filter((sign) => sign.test(words)).length }))
    .toSorted((a, b) => b.score - a.score);
  if (best!.score >= (own ? 3 : 2)) return best!.reads;
  return own ?? 'unusual-term';
}

/** Sentences that speak to whoever reviews the text, where the rest of the words is about something else. */
export const instructionsIn = (words: string): string[] =>
  (words.match(/[^.!?]+(?:[.!?]+|$)/g) ?? []).map((sentence) => sentence.trim()).filter(speaksToReviewers);

const unlimited =
  /\b(?:unlimited|uncapped|fully (?:liable|responsible)|in full|not (?:be )?(?:limited|capped|subject)|without (?:any )?(?:limit\w*|cap|ceiling|upper)|no (?:limit\w*|cap|ceiling|maximum|upper)|nothing\b[^.]{0,40}\blimits?)/i;
const bothSides =
  /\b(?:each|either|neither|any|both) (?:party|parties|side)|\bneither provider nor customer|\bthe parties\b|\bmutual\w*|\bone another\b/i;

/** Who is still protected: a cap that ours is not under names both sides apart; one that is gone for all names nobody or both. */
function cap(words: string): string {
  const namesBoth = /\bProvider\b/.test(words) && /\bCustomer\b/.test(words);
  if (!unlimited.test(words) && bothSides.test(words) && /General Cap Amount/.test(words)) return 'harmless-rewording';
  if (/\bneither provider nor customer|\b(?:both )?provider and customer (?:are|is|each|will|shall|both)/i.test(words))
    return 'no-cap-at-all';
  if (namesBoth || (/\bCustomer\b/.test(words) && !bothSides.test(words))) return 'uncapped-customer-liability';
  return 'no-cap-at-all';
}
