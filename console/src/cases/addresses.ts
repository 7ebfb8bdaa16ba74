export const addressOfCase = (caseId: string): string => `/cases/${encodeURIComponent(caseId)}`;
export const addressOfHandoff = (id: string): string => `/handoffs/${encodeURIComponent(id)}`;

/** The business key in a case's id. */
export const keyOf = (caseId: string): string => caseId.slice(caseId.indexOf('/') + 1);

/** The case of a step's key: `<process>/<key>/<step>-<n>`. */
export const caseOf = (key: string): string => key.split('/', 2).join('/');
