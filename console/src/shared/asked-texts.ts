/** What handoffs ask that have no sentence of their own. */
export const texts = {
  en: {
    decision: '{handoff}: may this be done?',
    takeover: '{handoff}: please take this over',
    repair: 'Please put this data right, then approve: it is read again',
    supervision: 'May this be written? Nothing is before you approve it',
    task: '{handoff}: please look and say what you found',
    rework: '{handoff}, sent back: please put it right',
  },
  de: {
    decision: '{handoff}: Darf das so geschehen?',
    takeover: '{handoff}: Bitte übernehmen Sie',
    repair: 'Bitte bringen Sie diese Daten in Ordnung und genehmigen Sie dann: Sie werden neu gelesen',
    supervision: 'Darf das geschrieben werden? Vor Ihrer Genehmigung geschieht nichts',
    task: '{handoff}: Bitte sehen Sie nach und sagen Sie, was Sie vorgefunden haben',
    rework: '{handoff}, zurückgegeben: Bitte bringen Sie es in Ordnung',
  },
} as const;
