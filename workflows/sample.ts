/** A case that `npm start` plays on the sandbox's sample records, and prints. */
export interface Sample {
  /** One sentence, as somebody of the business would tell it. */
  title: string;
  request: Record<string, unknown>;
  /** One of the development people, who asked for it; else a system did. */
  requestedBy?: string;
  /** An instant at which the case's own clock starts, where the request's dates need one. */
  asOf?: string;
  /** What is wrong in the world, once, before the case starts. */
  given?: Given | readonly Given[];
  /** What others do, one after the other, each when the case waits for it. Then it ends, or still waits. */
  then?: Then | readonly Then[];
}

/** A model that behaves in one of the stand-in's ways, for one question (`<process>_<inference>`) or the first; a system that refuses. */
export type Given = { model: string; for?: string } | { refuses: string; code?: string };

/** `of` names the handoff or event where the case waits for several. */
export type Then = { of?: string } & (
  | {
      decides: 'approved' | 'rejected' | 'returned';
      /** One of the development people; else somebody in the queue whose turn it is, another one each time. */
      by?: string;
      amend?: Record<string, unknown>;
      because?: string;
    }
  /** Whoever decides asks back: the requester, or a queue; nobody answers. */
  | { asks: string; by: string; question: string }
  /** Its declared name, and all its fields: those that say which case is meant, and what it brings. */
  | { comes: string; data: Record<string, unknown> }
  | { passes: 'the time to answer' | 'all the time' }
);
