import { changeFacts, isAsPlanned } from './facts.ts';
import { changeTerms } from './terms.ts';
import type { Approved, ChangeRecords, Judgement, Request, Verbs, Wanted } from './types.ts';

/** A customer wants orders changed: the rules of changes say what is done, and who may allow it. */
export async function judgeChanges(
  request: Request,
  { wishes, inferred, confirmed }: Wanted,
  { assemble, infer, check }: Verbs,
): Promise<Judgement> {
  const { requestId, claims, message } = request;

  const look = () =>
    assemble({
      customer: claims,
      orders: { orderIds: wishes.flatMap((wish) => ('orderId' in wish && wish.orderId) || []) },
      offers: { itemIds: wishes.flatMap((wish) => ('newItemIds' in wish ? wish.newItemIds : [])) },
    });
  const first = await look();
  const { answer, confident, evidence } = await infer.assess({ message, wishes, orders: first.orders });
  const { supported, summary, reply } = answer;

  const judged = async (records: ChangeRecords, approved?: Approved): Promise<Judgement> => {
    const planned = changeTerms(requestId, wishes, records);
    const difference = Math.abs(planned.priceDifference);
    const asPlanned = isAsPlanned(approved?.approval.terms, planned);
    const known = { difference, asPlanned, inferred, confirmed, supported, confident };
    const lines = changeFacts(wishes, records).map((line) => ({ ...line, ...known }));
    const ruling = await check.changes.each(lines, approved?.approval.terms ?? planned);

    const packet = { request, orders: records.orders, summary, evidence, rule: ruling.rule };
    return { ruling, packet, reply, approved, judgeAgain: async (by) => judged(await look(), by) };
  };
  return judged(first);
}
