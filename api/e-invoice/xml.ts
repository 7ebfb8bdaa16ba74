import { SaxesParser } from 'saxes';
import { Problem } from '../problems.ts';
import { forMachines } from '../sentences.ts';

/** One element; its children's texts are theirs. */
export interface Element {
  /** As the vocabularies' documentation writes it, whatever prefix the sender chose: `cbc:ID`. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  text: string;
}

const oasis = 'urn:oasis:names:specification:ubl:schema:xsd:';
const un = 'urn:un:unece:uncefact:data:standard:';
const prefixes: Readonly<Record<string, string>> = {
  [`${oasis}Invoice-2`]: 'ubl',
  [`${oasis}CreditNote-2`]: 'credit',
  [`${oasis}CommonAggregateComponents-2`]: 'cac',
  [`${oasis}CommonBasicComponents-2`]: 'cbc',
  [`${un}CrossIndustryInvoice:100`]: 'rsm',
  [`${un}ReusableAggregateBusinessInformationEntity:100`]: 'ram',
  [`${un}UnqualifiedDataType:100`]: 'udt',
};

const deepest = 40;
const mostElements = 50_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string };

/**
 * Reads XML strictly: well-formed, namespaces bound, UTF-8. There is no DOCTYPE, so there are no entities to expand or to
 * fetch. Throws `Problem` `xml-invalid`.
 */
export function parseXml(bytes: Uint8Array): Element {
  let root: Growing | undefined;
  let elements = 0;
  const open: Growing[] = [];
  const refuse = (why: string): never => {
    throw new Problem('xml-invalid', forMachines(why));
  };

  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('error', ({ message }) => refuse(message));
  parser.on('doctype', () => refuse('A DOCTYPE is not taken'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) refuse(`It says that it is ${encoding}, not UTF-8`);
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (++elements > mostElements) refuse(`It has more than ${mostElements} elements`);
    if (open.length >= deepest) refuse(`It is nested more than ${deepest} deep`);
    const plain = Object.values(attributes).filter((one) => one.uri === '');
    const element: Growing = {
      name: `${prefixes[uri] ?? '?'}:${local}`,
      attributes: Object.fromEntries(plain.map((one) => [one.local, one.value])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const take = (text: string) => {
    const element = open.at(-1);
    // Attachments are not ours to keep.
    if (element && element.name !== 'cbc:EmbeddedDocumentBinaryObject' && element.name !== 'ram:AttachmentBinaryObject')
      element.text += text;
  };
  parser.on('text', take);
  parser.on('cdata', take);

  parser.write(decoded(bytes)).close();
  return root ?? refuse('It has no root element');
}

function decoded(bytes: Uint8Array): string {
  if (bytes.subarray(0, 4).includes(0)) throw new Problem('xml-invalid', 'It is UTF-16 or UTF-32, not UTF-8');
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem('xml-invalid', 'It is not UTF-8');
  }
}
