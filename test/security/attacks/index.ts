import type { MakeAttack } from '../attack.ts';
import { accessRequest } from './access-request.ts';
import { contractReview } from './contract-review.ts';
import { insuranceClaim } from './insurance-claim.ts';
import { leadIntake } from './lead-intake.ts';
import { orderException } from './order-exception.ts';
import { payableException } from './payable-exception.ts';
import { refund } from './refund.ts';
import { serviceRenewal } from './service-renewal.ts';

/** One for each process. */
export const attacks: readonly MakeAttack[] = [
  ...[refund, orderException, insuranceClaim, payableException],
  ...[serviceRenewal, accessRequest, leadIntake, contractReview],
];
