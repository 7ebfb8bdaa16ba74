import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import canonicalize from 'canonicalize'; // RFC 8785

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let previous = '';
let lines = 0;
for await (const text of createInterface({ input: process.stdin })) {
  if (text.trim() === '') continue;
  lines += 1;
  const { caseId, type, key, actor, body, seq, at, previous: names, hash } = JSON.parse(text);
  const content = sha256(canonicalize({ caseId, type, key, actor, body })!);
  const expected = sha256(`${previous}\n${seq}\n${at}\n${content}`);
  if (seq !== lines || names !== previous || hash !== expected) {
    console.error(`Line ${lines} (${type}) does not follow from the lines before it`);
    process.exit(1);
  }
  previous = hash;
}
if (lines === 0) {
  console.error('There is no line: nothing was verified');
  process.exit(1);
}
console.log(`${lines} lines, unbroken; the last hash is ${previous}`);
