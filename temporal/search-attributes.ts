import { defineSearchAttributeKey } from '@temporalio/common';

/** What cases are found by in Temporal. They are not encrypted there: ids and names of queues, never personal data. */
export const BatonProcess = defineSearchAttributeKey('BatonProcess', 'KEYWORD');
export const BatonStage = defineSearchAttributeKey('BatonStage', 'KEYWORD');
export const BatonOutcome = defineSearchAttributeKey('BatonOutcome', 'KEYWORD');
/** Every queue whose turn it is. */
export const BatonOwner = defineSearchAttributeKey('BatonOwner', 'KEYWORD_LIST');
export const BatonDue = defineSearchAttributeKey('BatonDue', 'DATETIME');

export const searchAttributes = [BatonProcess, BatonStage, BatonOutcome, BatonOwner, BatonDue];
