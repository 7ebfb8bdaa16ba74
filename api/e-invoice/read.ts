import { Problem } from '../problems.ts';
import { readCii } from './cii.ts';
import { Reading } from './reading.ts';
import { readUbl } from './ubl.ts';
import { parseXml } from './xml.ts';

const readers = { 'ubl:Invoice': readUbl, 'credit:CreditNote': readUbl, 'rsm:CrossIndustryInvoice': readCii };

/**
 * An electronic invoice as the request of a process that takes them. What cannot be read for sure is refused with every
 * place that is wrong; what can be read but does not add up is taken, for the process to judge. Throws `Problem`:
 * `xml-invalid`, `document-unsupported`, `e-invoice-invalid`.
 */
export function readEInvoice(bytes: Uint8Array, messageId: string): Record<string, unknown> {
  const root = parseXml(bytes);
  if (!Object.hasOwn(readers, root.name))
    throw new Problem('document-unsupported', `The root element is ${root.name}, or in another namespace`);
  const reading = new Reading();
  const read = readers[root.name as keyof typeof readers](root, reading);
  if (reading.errors.length > 0) throw new Problem('e-invoice-invalid', '', { errors: reading.errors.slice(0, 50) });
  return { messageId, channel: 'e-invoice', ...read };
}
