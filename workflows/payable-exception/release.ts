import { approvalFor, type Decision } from '../../core/run/approval.ts';
import { dueWithDiscount } from './discount.ts';
import { packetOf, type Seen } from './look.ts';
import { postingOf } from './terms.ts';
import type { Terms, Verbs } from './types.ts';

/** Approval to post and pay: by the amount's band of authority, in the lowest by rule. */
export async function release(
  seen: Seen,
  today: string,
  { check, handOff }: Pick<Verbs, 'check' | 'handOff'>,
): Promise<Decision<'posting', Terms<'posting'>>> {
  const { request, invoice, records, progress } = seen;
  const posting = postingOf(invoice, records);
  const packet = packetOf(seen, { summary: '', evidence: [] });
  const ruling = await check.authority({ gross: posting.gross, matched: progress.accepted.length === 0 }, posting);
  // An early payment earns its discount: the approver knows until when.
  const turned = dueWithDiscount(request.invoice, today);
  return approvalFor(ruling, {
    approve: (to) => handOff.release(packet, posting, { to, ...turned }),
    'approve-by-two': (to) =>
      handOff.all({ release: packet, countersign: packet }, 'posting', posting, { to, ...turned }),
  });
}
