import { approvedBy } from '../../core/run/approval.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { z } from 'zod';
import type { definition } from './definition.ts';
import type { PostingTerms } from './types.ts';

type Packet = z.input<(typeof definition)['handoffs']['release']['requires']>;

/** Leave to post and pay: by the amount's band of authority, in the lowest by rule. */
export async function release(
  { check, handOff }: Pick<Steps<typeof definition>, 'check' | 'handOff'>,
  posting: PostingTerms,
  packet: Packet,
  matched: boolean,
  dueBy: string | undefined,
) {
  const authority = await check.authority({ gross: posting.gross, matched }, posting);
  if (authority.verdict === 'allow') return approvedBy(authority);
  const turned = { to: authority, ...(dueBy === undefined ? {} : { dueBy }) };
  if (authority.verdict === 'approve') return handOff.release(packet, posting, turned);
  return handOff.all({ release: packet, countersign: packet }, 'posting', posting, turned);
}
