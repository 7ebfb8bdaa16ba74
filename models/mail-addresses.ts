import { type Folded, found, type Stretch } from './folding.ts';

const inside = String.raw`[^\s<>()"',;:@]`;
const local = String.raw`(?:(?<!${inside}|${inside}')${inside}(?:${inside}|'(?=\p{L}))*|"[^"@\n]{1,64}")`;

const word = String.raw`[\p{L}\p{Nd}_+'-]+`;
const bracketed = (words: string) => String.raw`\s*[\[({<]\s*(?:${words})\s*[\])}>]\s*`;
const dots = 'dot|punkt|punto|point|ponto|punt';
const dot = String.raw`(?:\.|${bracketed(String.raw`${dots}|\.`)}|\s+(?:${dots})\s+)`;
const spelledDot = String.raw`(?:${bracketed(dots)}|\s+(?:${dots})\s+)`;
const label = String.raw`[\p{L}\p{Nd}][\p{L}\p{Nd}-]*`;
const ending = String.raw`\p{L}{2,}`;
const beginning = String.raw`(?<![\p{L}\p{Nd}_+'.-])`;
const named = String.raw`${beginning}(?=[\p{L}\p{Nd}_+'.-]*\p{L})${word}(?:${dot}${word})*`;
const domain = String.raw`${label}(?:${dot}${label})*${dot}${ending}`;

const patterns = [
  // As it is, also with the sign as it stands in links and pages.
  String.raw`${local}(?:@|%40|&#0*64;|&#x0*40;|&commat;)${inside}+`,
  // The sign in words and brackets, or apart.
  String.raw`${named}${bracketed('at|@|ät|aet|arroba|chiocciola|arobase|klammeraffe')}${label}(?:${dot}${label})*`,
  String.raw`${named}(?:\s+@\s*|\s*@\s+|[_-]at[_-])${domain}`,
  // In words alone: only where what stands around it is that of an address ("look at page.example" is none).
  String.raw`${named}\s+(?:at|arroba|chiocciola|arobase|klammeraffe)\s+${label}(?:${dot}${label})*${spelledDot}${ending}`,
  String.raw`${beginning}${word}(?:\.${word})+\s+at\s+${domain}`,
].map((pattern) => new RegExp(pattern, 'gu'));

/** E-mail addresses, whosever they are, also as people write them for people and not for machines. */
export const mailAddressesIn = (text: Folded): Stretch[] => patterns.flatMap((pattern) => found(text, pattern));
