export const addressOfCase = (caseId: string): string => `/cases/${encodeURIComponent(caseId)}`;
export const addressOfHandoff = (id: string): string => `/handoffs/${encodeURIComponent(id)}`;

/** The business key in a case's id, which encodes what no id may hold. */
export function keyOf(caseId: string): string {
  const key = caseId.slice(caseId.indexOf('/') + 1);
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** The case of a step's key: `<process>/<key>/<step>-<n>`. */
export const caseOf = (key: string): string => key.split('/', 2).join('/');
