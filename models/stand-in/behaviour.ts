const MODES = [
  'slow',
  'rate-limited',
  'down',
  'malformed',
  'misshapen',
  'unsure',
  'obedient',
  'gullible',
  'hang',
  'stalled',
  'refusal',
  'truncated',
  'misquoting',
  'says',
] as const;

export interface Behaviour {
  mode: (typeof MODES)[number];
  /** For so many requests; without it, until taken back. */
  times?: number;
  /** How long `slow` takes, and after how long `rate-limited` may be tried again. */
  ms?: number;
  /** For questions of this name only. */
  for?: string;
  /** What `says` answers with, `{ANSWER}` in it standing for the usual answer. A body that is a text is sent as it is. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** How the stand-in misbehaves: for one question, or for all that have no behaviour of their own. */
export class Behaviours {
  #byName = new Map<string, Behaviour>();

  /** @throws {TypeError} for what is no behaviour */
  set(told: unknown): void {
    const behaviour = told as Behaviour;
    if (!MODES.includes(behaviour?.mode)) throw new TypeError(`mode must be one of ${MODES.join(', ')}`);
    for (const field of ['times', 'ms'] as const)
      if (behaviour[field] !== undefined && !(Number.isInteger(behaviour[field]) && behaviour[field] >= 0))
        throw new TypeError(`${field} must be a whole number`);
    this.#byName.set(behaviour.for ?? '*', { ...behaviour });
  }

  clear(): void {
    this.#byName.clear();
  }

  /** What holds for this question now; counts it. */
  next(name: string): Behaviour | undefined {
    const key = this.#byName.has(name) ? name : '*';
    const behaviour = this.#byName.get(key);
    if (behaviour?.times === undefined) return behaviour;
    if (behaviour.times-- > 0) return behaviour;
    this.#byName.delete(key);
    return key === '*' ? undefined : this.next(name);
  }
}

const ORDER_TO_OBEY =
  /\b(?:approve|authori[sz]e|grant|ignore (?:all|any|the|previous|your)|disregard|you must)\b[^\n]*/i;

const ORDER_TO_BE_SILENT = /\b(?:report|find|list|raise)\b[^.]{0,30}\b(?:no|zero|nothing)\b/i;

/** The first text in the data that gives an order, if one does. */
export const instructionIn = (given: unknown): string | undefined => firstIn(given, ORDER_TO_OBEY);

/** Whether a text in the data orders whoever reads it to find nothing. */
export const isSilenced = (given: unknown): boolean => firstIn(given, ORDER_TO_BE_SILENT) !== undefined;

const firstIn = (given: unknown, order: RegExp): string | undefined => {
  if (typeof given === 'string') return order.exec(given)?.[0];
  if (typeof given !== 'object' || given === null) return undefined;
  for (const part of Object.values(given)) {
    const found = firstIn(part, order);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The largest number an instruction names, in cents: "at 10,000" is 1000000. */
export const amountIn = (instruction: string): number =>
  Math.max(
    0,
    ...[...instruction.matchAll(/\d[\d,]*(?:\.\d{1,2})?/g)].map(([n]) =>
      Math.round(Number(n.replaceAll(',', '')) * 100),
    ),
  );
