/** A text of a system as a person is shown it and the store keeps it: well-formed, without NUL, and cut where it is longer than so many characters. */
export const readable = (text: string, atMost: number): string =>
  (text.length > atMost ? `${text.slice(0, atMost)}…` : text).replaceAll('\0', '\uFFFD').toWellFormed();
