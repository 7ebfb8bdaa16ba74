/** What every answer's dialog gets; the reason is kept when it is closed, so that nothing typed is lost. */
export interface AnswerProps {
  because: string;
  setBecause(because: string): void;
  onClose(): void;
  /** It has arrived: what was typed is kept no longer, also where the dialog was closed meanwhile. */
  onSent(): void;
  onDone(): void;
}

export const answers = ['approve', 'reject', 'return', 'ask', 'assign', 'comment', 'help'] as const;
export type Answer = (typeof answers)[number];
