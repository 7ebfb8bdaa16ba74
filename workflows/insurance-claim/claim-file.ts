import type { Concern, Guidelines, Notice, Reading, Source } from './types.ts';

/** What is known of a claim. Nothing in it is changed: each round goes on with a file of its own. */
export interface ClaimFile {
  notice: Notice;
  policyNumber: string;
  /** The kinds of documents that the claimant said they sent. */
  documents: string[];
  /** Findings of the rules that a person has set aside. */
  setAside: Concern[];
  /** Entries of the sanctions lists that compliance has found to be somebody else. */
  clearedEntries: string[];
  /** How often the claimant was asked for something. */
  asked: number;
  /** How often a desk sent the case back to the one before, and why it did the last time. */
  rework: number;
  because: string;
  reserve: number;
  acknowledgeBy: string;
  acknowledgedOnTime: boolean;
  found?: Found;
}

/** What the systems, the model and the company's guidelines said when they were last asked. */
export interface Found {
  policy: Source<'policy'>;
  priorClaims: Source<'priorClaims'>;
  documents: Source<'documents'>;
  screening: Source<'screening'>;
  reading: Reading;
  guidelines: Guidelines;
  guided: boolean;
}

/** What the desks work with. */
export type Claim = ClaimFile & { found: Found };

export const openFile = (notice: Notice): ClaimFile => ({
  notice,
  policyNumber: notice.policyNumber,
  documents: notice.documents,
  setAside: [],
  clearedEntries: [],
  asked: 0,
  rework: 0,
  because: '',
  reserve: 0,
  acknowledgeBy: '',
  acknowledgedOnTime: false,
});

/** Kinds of documents that are there, however they came. */
export const documentsOf = ({ documents, found }: Claim): string[] => [
  ...new Set([...documents, ...found.documents.map(({ kind }) => kind)]),
];

/** Sent back to the desk before: counted, and shown there. */
export const sentBack = <File extends ClaimFile>(file: File, because: string): File => ({
  ...file,
  rework: file.rework + 1,
  because,
});

export const impactOf = ({ reserve, acknowledgedOnTime, rework }: ClaimFile, paid = 0) => ({
  ...{ paid, reserved: reserve, acknowledgedOnTime, rework },
});
