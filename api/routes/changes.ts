import { z } from 'zod';
import { bearerOf } from '../authentication.ts';
import { route } from '../route.ts';

export const changes = route({
  method: 'get',
  path: '/changes',
  summary: 'What changes, as it does, among what you may see: kinds and ids, until you may read no more',
  who: 'anyone',
  answers: {
    200: {
      description:
        'Server-sent events. `changed`: `{ kind, caseId, handoffId?, questionId? }`. `missed`: ask for all of it again, as after a lost connection. `ended`: `{ code }`, the last',
      type: 'text/event-stream',
      schema: z.string(),
    },
  },
  problems: [],
  async answer({ caller, headers }, deps) {
    const follow = deps.changes.admit(caller.person);
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
      write: (res) => follow(res, bearerOf(headers.authorization), deps),
    };
  },
});
