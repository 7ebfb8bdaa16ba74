import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const Document = kind(
  'documents.documents',
  'documentId',
  z.object({ documentId: Reference, claimId: Reference, kind: text(200), text: text(100_000) }),
  ({ claimId }) => [`claim:${claimId}`],
);

export const documents: SystemOfRecord = {
  name: 'documents',
  kinds: [Document],
  reads: {
    ofClaim: operation(z.strictObject({ claimId: z.string() }), ({ claimId }, records) =>
      records.having(Document, `claim:${claimId}`),
    ),
  },
  writes: {},
};
