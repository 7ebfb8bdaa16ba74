const turns = /[\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A text from outside as a part of a line of ours: whichever way it runs, the rest of the line does not. Signs that turn the
 * direction of what follows are left out; a text from right to left needs none of them.
 */
export function isolated(text: string): string {
  const plain = text.replaceAll(turns, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
