/** Texts of values from packets, terms, requests and records. */
export const texts = {
  en: {
    none: 'none',
    yes: 'Yes',
    no: 'No',
    more: 'Show all of it',
    less: 'Show less',
    read: 'Read the text',
    line: 'No. {n}',
  },
  de: {
    none: 'keine Angabe',
    yes: 'Ja',
    no: 'Nein',
    more: 'Alles zeigen',
    less: 'Weniger zeigen',
    read: 'Den Text lesen',
    line: 'Nr. {n}',
  },
} as const;
