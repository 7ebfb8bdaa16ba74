import type { Reply } from './answers.ts';

/** Fits the shortest text that answers are asked for in. */
export const short = (text: string) => (text.length > 1000 ? `${text.slice(0, 999)}…` : text).toWellFormed();

/** To a message in which nothing is asked of an order. */
export const noWish: Reply = {
  supported: false,
  summary: 'The message names no wish that the orders could bear out.',
  reply: 'Thank you for your message. A colleague will look at it and write to you.',
  confidence: 0.3,
  evidence: [],
};
