import { named } from '../api/declared.ts';
import type { Place } from '../shared/pointed.tsx';
import { standsAt } from '../shared/pointed.tsx';
import { fieldOf, type FieldsOf, isObject, type Schema } from '../shared/schema.ts';
import { type Around, packetOf, packetSchema } from './around.tsx';

/** Something that a model relied on, and where in the packet that stands. */
export interface Evidence {
  text: string;
  /** The words that are quoted, where they are. */
  quote?: string;
  about?: FieldsOf;
  schema?: Schema | undefined;
  place?: Place | undefined;
}

export interface Parts {
  /** What a model drafted or found, by field. */
  proposed: FieldsOf;
  evidence: Evidence[];
  /** All else. */
  facts: FieldsOf;
}

const pick = (of: FieldsOf, wanted: (name: string) => boolean): FieldsOf =>
  Object.fromEntries(Object.entries(of).filter(([name]) => wanted(name)));

/** The packet of a handoff, sorted by what it is good for. */
export function partsOf({ handoff, declared }: Pick<Around, 'handoff' | 'declared'>): Parts {
  const packet = packetOf(handoff);
  const answered = new Set(named(declared?.inferences).flatMap(([, { returns }]) => returns));
  const drafts = declared?.handoffs[handoff.name]?.drafts ?? [];
  const quoting = Object.keys(packet).filter((name) => name === 'evidence' || quotes(packet[name]));
  const isProposed = (name: string) =>
    (drafts.includes(name) || answered.has(name)) && !quoting.includes(name) && name !== 'rule';
  const schema = packetSchema({ handoff, declared });
  const shownAs = Object.assign({}, ...named(declared?.inferences).map(([, inference]) => inference.shownAs)) as Names;
  const facts = pick(packet, (name) => name !== 'rule' && !quoting.includes(name) && !isProposed(name));
  return {
    proposed: pick(packet, isProposed),
    evidence: quoting.flatMap((name) =>
      (packet[name] as unknown[]).map((one) => evidenceOf(one, facts, shownAs, fieldOf(schema, name)?.items)),
    ),
    facts,
  };
}

/** Lines that each quote something. */
const quotes = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((line) => isObject(line) && 'quote' in line);

/** What fields that a model was given are called in the packet, where that differs. */
type Names = Readonly<Record<string, string>>;

function evidenceOf(one: unknown, facts: FieldsOf, shownAs: Names, schema: Schema | undefined): Evidence {
  if (isObject(one)) {
    const { quote, ...about } = one;
    if (typeof quote !== 'string' || quote === '') return { text: '', about, schema };
    return { text: '', quote, about, schema, place: placeOfQuote(quote, facts) ?? { quote } };
  }
  const text = String(one);
  const [, path = '', value = ''] = /^([\w.[\]]+)(?: \([^)]*\))?: (.*)$/s.exec(text) ?? [];
  const [first = ''] = path.split(/[.[]/);
  const shown = (shownAs[first] ?? first) + path.slice(first.length);
  const place = placeOfPath(shown, facts) ?? placeOfQuote(value || text, facts) ?? placeOfField(path, value, facts);
  return { text, place };
}

/** `orders[0].status`, in the packet or in one of its parts. */
function placeOfPath(path: string, facts: FieldsOf): Place | undefined {
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  if (parts.length === 0) return undefined;
  for (const start of [[], ...Object.keys(facts).map((name) => [name])]) {
    const found = [...start, ...parts].reduce<unknown>(
      (value, part) => (typeof value === 'object' && value !== null ? (value as FieldsOf)[part] : undefined),
      facts,
    );
    if (found !== undefined && typeof found !== 'object') return { at: `/${[...start, ...parts].join('/')}` };
  }
  return undefined;
}

/** A text of the packet in which these words stand. */
function placeOfQuote(quote: string, facts: FieldsOf): Place | undefined {
  if (quote.trim().length < 4) return undefined;
  return firstIn(
    facts,
    (value) => typeof value === 'string' && standsAt(value, quote) !== undefined,
    (at) => ({ at, quote }),
  );
}

/** A field of that name and value, wherever it is. */
function placeOfField(path: string, value: string, facts: FieldsOf): Place | undefined {
  const name = path.split('.').at(-1);
  if (!name) return undefined;
  return firstIn(
    facts,
    (found, at) => at.endsWith(`/${name}`) && String(found) === value,
    (at) => ({ at }),
  );
}

function firstIn(
  of: unknown,
  wanted: (value: unknown, at: string) => boolean,
  placed: (at: string) => Place,
  at = '',
): Place | undefined {
  if (typeof of !== 'object' || of === null) return wanted(of, at) ? placed(at) : undefined;
  for (const [name, value] of Object.entries(of)) {
    const found = firstIn(value, wanted, placed, `${at}/${name}`);
    if (found) return found;
  }
  return undefined;
}
