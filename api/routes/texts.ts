import { z } from 'zod';
import { longestText, text } from '../../core/declare/values.ts';
import { keepText, textOfCase } from '../../store/texts.ts';
import { Problem } from '../problems.ts';
import { mediaType } from '../media-type.ts';
import { largeBodyLimit, route } from '../route.ts';
import { findVisibleCase } from '../visibility.ts';

const Ref = z.object({ ref: z.string(), characters: z.int(), parts: z.int() });
const LongText = text(longestText).min(1);

export const keep = route({
  method: 'post',
  path: '/texts',
  summary: 'Store a long text for a case that a Temporal client starts; the answer stands for it in the request',
  who: ['requester', 'system'],
  body: z.instanceof(Uint8Array),
  asBytes: true,
  alsoConsumes: ['text/plain'],
  bodyLimit: largeBodyLimit,
  answers: { 201: { description: 'What stands for it', schema: Ref } },
  problems: [],
  async answer({ body, headers }, { pool }) {
    if (mediaType(headers['content-type']) !== 'text/plain') throw new Problem('content-type-unsupported');
    const given = LongText.safeParse(decoded(body));
    if (!given.success) throw new Problem('text-invalid', 'It takes 1 to 2,000,000 characters of UTF-8 without NUL');
    return { status: 201, body: await keepText(pool, given.data) };
  },
});

export const get = route({
  method: 'get',
  path: '/cases/{caseId}/texts/{sha256}',
  summary: 'A long text that the case was given',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  answers: { 200: { description: 'The text', type: 'text/plain', schema: z.string() } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const { caseId } = await findVisibleCase(deps, caller, params['caseId']!);
    const found = await textOfCase(deps.pool, caseId, params['sha256']!);
    if (found === undefined) throw new Problem('not-found');
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: found };
  },
});

function decoded(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
