import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sampleRequests } from '../../workflows/sample-requests.ts';
import { route } from '../route.ts';
import { definitionOf } from '../visibility.ts';

const Sample = z.object({ request: z.record(z.string(), z.unknown()) });

export const samples = route({
  method: 'get',
  path: '/processes/{process}/samples',
  summary: 'A request on the sandbox’s sample records, with an id of its own each time; nothing but in development',
  who: 'anyone',
  answers: { 200: { description: 'What may be sent as it is', schema: z.object({ samples: z.array(Sample) }) } },
  problems: ['not-found'],
  async answer({ params }, { definitions, identity }) {
    const { name } = definitionOf(definitions, params['process']!);
    const request = sampleRequests[name]?.(`S-${randomBytes(3).toString('hex').toUpperCase()}`);
    return { status: 200, body: { samples: identity && request ? [{ request }] : [] } };
  },
});
