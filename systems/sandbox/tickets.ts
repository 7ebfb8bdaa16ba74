import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, newId, operation, type SystemOfRecord } from './declare.ts';

const ReplyInput = z.object({ requestId: Reference, reply: text(20_000) });
const Message = kind('tickets.messages', 'messageId', ReplyInput.extend({ messageId: Reference }));

export const tickets: SystemOfRecord = {
  name: 'tickets',
  kinds: [Message],
  reads: {},
  writes: {
    reply: operation(ReplyInput, async (input, records) => {
      const messageId = newId('MSG');
      records.put(Message, { ...input, messageId });
      return { messageId };
    }),
  },
};
