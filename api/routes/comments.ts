import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { comment, listComments, type StoredComment } from '../../store/comments.ts';
import { withHandoff } from '../../store/handoffs.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { seesAllHandoffs } from '../visibility.ts';
import { checkKey } from './start.ts';
import { findVisibleHandoff } from './visible-handoff.ts';

const Comment = z.object({ id: z.int(), by: z.string(), text: z.string(), at: z.iso.datetime() });
const path = '/handoffs/{handoffId}/comments';

export const add = route({
  method: 'post',
  path,
  summary: 'Remark something, for those who may see the handoff; it changes nothing, and is never changed',
  who: ['queue', 'person', 'lead', 'system'],
  body: z.strictObject({ text: text(2_000).min(1).describe('Plain text') }),
  optionalHeaders: { 'Idempotency-Key': 'The same key and text of the same person are one comment' },
  answers: { 201: { description: 'The comment', schema: Comment } },
  problems: ['not-found', 'not-your-queue', 'idempotency-key-invalid', 'idempotency-key-reused'],
  async answer({ caller, params, body, headers }, deps) {
    const key = headers['idempotency-key'] ?? null;
    if (key !== null) checkKey(key);
    const { handoff, involved } = await findVisibleHandoff(deps, caller, params['handoffId']!);
    if (!involved) throw new Problem('not-your-queue');
    const remark = { by: caller.person, text: body.text, key };
    const added = await withHandoff(deps.pool, handoff.id, (db) => comment(db, handoff, remark));
    if (added.text !== body.text) throw new Problem('idempotency-key-reused');
    return { status: 201, body: show(added) };
  },
});

export const list = route({
  method: 'get',
  path,
  summary: 'The comments on a handoff, oldest first',
  who: ['auditor', 'admin', 'queue', 'person', 'lead', 'system'],
  query: z.strictObject({ after: placeIn('comments').optional(), limit: Limit }),
  answers: {
    200: {
      description: 'A page of comments',
      schema: z.object({ comments: z.array(Comment), next: z.string().optional().describe('Pass as `after`') }),
    },
  },
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params, query: { after, limit } }, deps) {
    const { handoff, involved } = await findVisibleHandoff(deps, caller, params['handoffId']!);
    if (!involved && !seesAllHandoffs(caller)) throw new Problem('not-your-queue');
    const found = await listComments(deps.pool, handoff.id, after, limit);
    return { status: 200, body: { comments: found.map(show), ...nextOf('comments', found, limit) } };
  },
});

const show = ({ id, by, text, at }: StoredComment) => ({ id, by, text, at: at.toISOString() });
