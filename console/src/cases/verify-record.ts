import canonicalize from 'canonicalize';

/** What a record proves by itself (docs/record.md). */
export type Verdict =
  | { is: 'unbroken'; lines: number; hash: string }
  | { is: 'broken'; line: number; type: string }
  | { is: 'another'; caseId: string }
  | { is: 'empty' }
  | { is: 'unable' };

interface Line {
  caseId: string;
  seq: number;
  type: string;
  at: string;
  previous: string;
  hash: string;
  [field: string]: unknown;
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Follows the chain of a record, as it was exported, from its first line on; it must be of this case. */
export async function verifyRecord(text: string, caseId: string): Promise<Verdict> {
  if (!globalThis.isSecureContext) return { is: 'unable' }; // a browser has no Web Crypto there
  const texts = text.split('\n').filter((line) => line.trim() !== '');
  let previous = '';
  for (const [index, one] of texts.entries()) {
    const line = parsed(one);
    const number = index + 1;
    if (!line || line.seq !== number || line.previous !== previous || line.hash !== (await hashOf(line, previous)))
      return { is: 'broken', line: number, type: line?.type ?? '' };
    if (line.caseId !== caseId) return { is: 'another', caseId: line.caseId };
    previous = line.hash;
  }
  return texts.length === 0 ? { is: 'empty' } : { is: 'unbroken', lines: texts.length, hash: previous };
}

async function hashOf({ caseId, type, key, actor, body, seq, at }: Line, previous: string): Promise<string> {
  const content = await sha256(canonicalize({ caseId, type, key, actor, body }) ?? '');
  return sha256(`${previous}\n${seq}\n${at}\n${content}`);
}

function parsed(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
