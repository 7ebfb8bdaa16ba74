import type { Decision, Refusal } from '../../core/run/approval.ts';
import { again } from '../../core/run/rounds.ts';
import { wordingFacts } from './facts.ts';
import type { Seen } from './look.ts';
import { asksBack, codesOf, refusalOf } from './responses.ts';
import type { Terms, Turn, Verbs } from './types.ts';

/** Refused, or never answered: then nothing is paid and, unless a person says what, nothing more is said. */
export async function refuse(seen: Seen, refusal: Refusal, draft: string, steps: Verbs): Promise<Turn> {
  const { act, receive, conclude } = steps;
  const { invoice, progress, ruling, vendorId } = seen;
  const { verdict, because } = refusal;
  if (verdict === 'returned') return again(progress); // the records were put right

  const { refusedAs } = ruling.outputs;
  const { invoiceNumber } = invoice;
  const codes = codesOf(refusalOf(vendorId, invoice, ruling.outputs));
  const refused = { because: because || verdict, ...codes };
  if (verdict === 'expired' || !vendorId) return conclude.rejected(refused);
  const reply = await approvedReply(seen, refusal, draft, steps);
  if (reply?.verdict !== 'approved') return conclude.rejected(refused);
  await act.answerSupplier(reply.terms, reply);
  if (!asksBack(codes)) return conclude[refusedAs](refused);

  const said = await receive.supplierAnswer({ vendorId, invoiceNumber });
  if (!said) return conclude.rejected(refused);
  if (said.answer === 'withdrawn') return conclude.withdrawn({ ...refused, because: 'the supplier withdrew it' });
  return again({ ...progress, answer: said.message }); // with what the supplier said, look again
}

/**
 * The reply as a person approves it, who may write it anew. What the rules refuse of a draft is replaced by fixed words; what
 * they refuse of a person comes back to the owner with the reason. Undefined where not even the fixed words may be
 * sent, or no words were found in as many rounds as are declared.
 */
function approvedReply(
  { request, vendorId, findings, ruling }: Seen,
  { by: refusedBy, because }: Refusal,
  draft: string,
  { check, handOff, rounds }: Pick<Verbs, 'check' | 'handOff' | 'rounds'>,
): Promise<Decision<'reply', Terms<'reply'>> | undefined> {
  const { invoice } = request;
  const wording = (reply: Terms<'reply'>) => check.wording(wordingFacts(reply), reply);
  const inFixedWords = refusalOf(vendorId, invoice, ruling.outputs);
  const drafted = { reply: refusalOf(vendorId, invoice, ruling.outputs, draft), refusedWording: '' };

  const approve = async ({ reply, refusedWording }: typeof drafted) => {
    const planned = await wording(reply);
    if (planned.verdict === 'refuse') {
      const isFixed = reply.message === inFixedWords.message;
      return isFixed ? undefined : again({ reply: inFixedWords, refusedWording: planned.rule });
    }
    const packet = { invoice, findings, refusedBy, because, refusedWording };
    const decision = await handOff.reply(packet, reply, { to: ruling });
    if (decision.verdict !== 'approved' || !decision.amended) return decision;
    const amended = await wording(decision.terms);
    return amended.verdict === 'refuse' ? again({ reply, refusedWording: amended.rule }) : decision;
  };
  return rounds.reply(drafted, approve, () => undefined);
}
