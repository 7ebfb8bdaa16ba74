import { amountWithCurrency } from '../../rules/currency.ts';
import type { InsurancePolicy, Notice } from './types.ts';

/** What the house writes by itself. No model's words are in it: they reach nobody before a person has read them. */

const re = ({ claimId, dateOfLoss }: Notice) => `Your claim ${claimId}, loss of ${dateOfLoss}.`;

export const acknowledgement = (notice: Notice, acknowledgeBy: string): string =>
  `${re(notice)} We have your notice of ${notice.reportedOn}, which we acknowledge by ${acknowledgeBy}, and are looking into it.`;

export const request = (notice: Notice, wants: readonly string[]): string =>
  `${re(notice)} To go on we need from you: ${wants.map((want) => want.replaceAll('_', ' ')).join('; ')}.`;

export const settlement = (notice: Notice, policy: InsurancePolicy | null, amount: number): string =>
  `${re(notice)} We pay ${amountWithCurrency(amount, notice.currency)}, after a deductible of ${amountWithCurrency(policy?.deductible ?? 0, notice.currency)}.`;

export const denial = (notice: Notice, clause: string): string =>
  `${re(notice)} We cannot pay this claim. The clause that applies is: "${clause}" If you see it otherwise, write to us and we look again.`;

export const closure = (notice: Notice, duplicateOf: string): string =>
  `${re(notice)} We have this loss already, as claim ${duplicateOf}, and go on there. This claim is closed.`;
