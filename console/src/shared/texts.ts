/** Texts of what all pages share. */
export const texts = {
  en: {
    loading: 'Loading',
    'not-found': 'There is nothing here',
    'not-found.why': 'It does not exist, or you may not see it.',
    forbidden: 'This is not yours to see',
    'forbidden.why': 'None of your roles may open it. An administrator can give you one.',
    offline: 'No connection',
    'offline.why': 'Baton does not answer. What you typed is still here.',
    'issuer-offline.why': 'Where you sign in does not answer. What you typed is still here.',
    failed: 'That did not work',
    again: 'Try again',
  },
  de: {
    loading: 'Wird geladen',
    'not-found': 'Hier ist nichts',
    'not-found.why': 'Es gibt das nicht, oder Sie dürfen es nicht sehen.',
    forbidden: 'Das dürfen Sie nicht sehen',
    'forbidden.why': 'Keine Ihrer Rollen darf das öffnen. Die Administration kann Ihnen eine geben.',
    offline: 'Keine Verbindung',
    'offline.why': 'Baton antwortet nicht. Was Sie eingegeben haben, ist noch da.',
    'issuer-offline.why': 'Die Anmeldung antwortet nicht. Was Sie eingegeben haben, ist noch da.',
    failed: 'Das hat nicht geklappt',
    again: 'Noch einmal',
  },
} as const;
