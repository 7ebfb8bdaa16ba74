/** What Windows-1252 has at 0x80 to 0x9f; the rest of its upper half is that of Latin 1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const upperHalf = new RegExp(`[\\u0080-\\u00ff${windows1252}]{2,}`, 'g');

/** UTF-8 that was once read as Latin 1 or Windows-1252, read as what it is (`ZoÃ«` is Zoë); anything else as it stands. */
export function withoutDoubleEncoding(text: string): string {
  const read = text.replace(upperHalf, decoded);
  return read === text ? text : withoutDoubleEncoding(read);
}

function decoded(run: string): string {
  const bytes = Array.from(run, (character) => {
    const at = windows1252.indexOf(character);
    return (at < 0 ? character.charCodeAt(0) : 0x80 + at).toString(16);
  });
  try {
    return decodeURIComponent(`%${bytes.join('%')}`);
  } catch {
    return run;
  }
}
