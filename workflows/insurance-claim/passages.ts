import type { Packet, Reading, Source } from './types.ts';

type Passages = NonNullable<Packet['passages']>;

/** In characters. A step carries no more than so much: what is quoted stands in the details, too. */
const aroundQuote = 200;
const inAll = 60_000;

/** What the model quotes from documents, each with what stands before and after it, so that whoever decides need not look it up. */
export function passagesOf(documents: Source<'documents'>, details: Reading['answer']['details']): Passages {
  const found: Passages = [];
  let left = inAll;
  for (const { kind, text } of documents)
    for (const { quote } of details) {
      const at = text.indexOf(quote);
      if (at < 0 || found.some((one) => one.kind === kind && one.text.includes(quote))) continue;
      const passage = text.slice(Math.max(0, at - aroundQuote), at + quote.length + aroundQuote);
      if (passage.length > left) return found;
      left -= passage.length;
      found.push({ kind, text: passage });
    }
  return found;
}
