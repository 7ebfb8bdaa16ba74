import type { Clock } from '../../core/run/clock.ts';
import { isAsPlanned, ladderFacts, limitFacts } from './facts.ts';
import { remedyTerms } from './terms.ts';
import type { Approved, Exception, ExceptionRecords, Judgement, Request, Ruling, Verbs } from './types.ts';

/** Something went wrong with an order: the ladder finds the remedy, and the limits say who may give it. */
export async function judgeException(
  request: Request,
  exception: Exception,
  confirmed: boolean,
  steps: Verbs,
  { today }: Clock,
): Promise<Judgement> {
  const { infer, check } = steps;
  const { requestId, message } = request;

  const first = await look(exception, steps);
  const { tracking, offers } = first;
  const given = { message, exception, today: today(), orders: ordersIn(first), tracking, offers };
  const { answer, confident, evidence } = await infer.recommend(given);
  const { summary, reply } = answer;

  const rule = async (records: ExceptionRecords, approved?: Approved): Promise<Ruling> => {
    const facts = ladderFacts(exception, records, today());
    const rung = await check.ladder(facts, { requestId, kind: exception.kind });
    if (rung.verdict === 'transfer') return rung;
    const { remedy = 'explain' } = rung.outputs;

    const planned = remedyTerms(requestId, exception, records, { ...rung.outputs, remedy });
    const asPlanned = isAsPlanned(approved?.approval.terms, planned);
    const known = { remedy, asPlanned, confirmed, agreed: answer.remedy === remedy, confident };
    const limits = { ...limitFacts(facts, records, planned, today()), ...known };
    return check.limits(limits, approved?.approval.terms ?? planned);
  };

  const judged = async (records: ExceptionRecords, approved?: Approved): Promise<Judgement> => {
    const { tracking, credits, offers } = records;
    const ruling = await rule(records, approved);
    const shown = { tracking, credits, offers, today: given.today };
    const packet = { request, orders: ordersIn(records), ...shown, summary, evidence, rule: ruling.rule };
    return { ruling, packet, reply, approved, judgeAgain: async (by) => judged(await look(exception, steps), by) };
  };
  return judged(first);
}

const ordersIn = ({ order }: ExceptionRecords) => (order ? [order] : []);

/** The order and what the carrier says of it; then whose it is, and what of it can be had. */
async function look({ orderId }: Exception, { assemble }: Verbs): Promise<ExceptionRecords> {
  const { orders, tracking } = await assemble({ orders: { orderIds: [orderId] }, tracking: { orderId } });
  const order = orders.find((each) => each.orderId === orderId);
  if (!order) return { order, tracking, buyer: null, offers: [], credits: [] };
  const { customerId, items } = order;
  const itemIds = items.map(({ itemId }) => itemId);
  const more = await assemble({ buyer: { customerId }, credits: { customerId }, offers: { itemIds } });
  return { order, tracking, ...more };
}
