import type { FactsOf, PacketOf, RequestOf, RulingOf, SourceOf, TermsOf } from '../../core/declare/types-of.ts';
import type { Approval } from '../../core/run/approval.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Grant = TermsOf<Definition, 'grant'>;
export type GrantApproval = Approval<'grant', Grant>;
/** What the systems of record say about a person and a role. */
export type Records = { [S in keyof Definition['context']]: SourceOf<Definition, S> };
export type Catalogue = Records['catalogue'];
export type Entitlement = RulingOf<Definition, 'entitlement'>;
export type Facts<Name extends keyof Definition['policies']> = FactsOf<Definition, Name>;
/** In whose name somebody agrees. */
export type ApprovalStep = Facts<'approver'>['missing'][number];
export type Packet = PacketOf<Definition, 'manager'>;
