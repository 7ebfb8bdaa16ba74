/** Texts of values from packets, terms, requests and records. */
export const texts = {
  en: {
    none: 'none',
    'none.list': 'none',
    nothing: 'Nothing for',
    'no-currency': '{amount} (no currency stated)',
    yes: 'Yes',
    no: 'No',
    more: 'Show all of it',
    less: 'Show less',
    read: 'Read the text',
    close: 'Close',
    line: 'No. {n}',
  },
  de: {
    none: 'keine Angabe',
    'none.list': 'keine',
    nothing: 'Nichts zu',
    'no-currency': '{amount} (ohne Angabe der Währung)',
    yes: 'Ja',
    no: 'Nein',
    more: 'Alles zeigen',
    less: 'Weniger zeigen',
    read: 'Den Text lesen',
    close: 'Schließen',
    line: 'Nr. {n}',
  },
} as const;
