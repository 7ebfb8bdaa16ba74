import type { Contracts, Passage, Waiting, Workload } from '../../api/processes.ts';
import { declaredAs, type StepKind } from '../step-words.ts';

/** The picture of a process: bands in the order in which a case meets them, steps in the order of the declaration. */

export interface Step {
  kind: StepKind;
  name: string;
  /** `<kind>:<name>` */
  id: string;
  waiting: Waiting[];
  /** Of the counted cases, how many came by. */
  passed: number;
}

export interface Band {
  kind: StepKind;
  steps: Step[];
}

/** A step, or a band as a whole, and what comes straight after it. */
export interface Line {
  from: string;
  to: string;
  cases: number;
  /** Of all counted cases, 0 to 1; null where none is counted. */
  share: number | null;
}

const order: readonly StepKind[] = [
  ...(['request', 'read', 'inference', 'ruling', 'handoff', 'task', 'event', 'action', 'outcome'] as const),
];

export const idOf = (kind: string, name: string): string => `${kind}:${name}`;
/** A band as a whole: sources are read together. */
export const wholeOf = (kind: string): string => idOf(kind, '');

export function bandsOf(contracts: Contracts, now: Workload, passage: Passage): Band[] {
  const waits = now.waiting.map((one) => ({ ...one, step: idOf(kindOf(one, contracts), one.name) }));
  const bands = order.map((kind): Band => {
    const also = [...waits.map(({ step }) => step), ...passage.steps.map((one) => idOf(one.kind, one.name))].flatMap(
      (id) => (id.startsWith(`${kind}:`) ? [id.slice(kind.length + 1)] : []),
    );
    const names = kind === 'request' ? [''] : [...new Set([...declaredIn(contracts, kind), ...also])];
    const steps = names.map((name): Step => {
      const id = idOf(kind, name);
      const passed = passage.steps.find((one) => idOf(one.kind, one.name) === id)?.cases ?? 0;
      return {
        ...{ kind, name, id, waiting: waits.filter(({ step }) => step === id) },
        passed: kind === 'request' ? passage.cases : passed,
      };
    });
    return { kind, steps };
  });
  return bands.filter(({ steps }) => steps.length > 0);
}

function declaredIn(contracts: Contracts, kind: StepKind): string[] {
  const declared = declaredAs(kind);
  return declared ? Object.keys(contracts[declared]) : [];
}

function kindOf({ kind, name }: Waiting, { inferences }: Contracts): StepKind {
  if (kind === 'task' || kind === 'event') return kind;
  if (kind === 'held') return Object.hasOwn(inferences, name) ? 'inference' : 'action';
  return 'handoff';
}

/** What came after what; where nothing is counted yet, one band after the other. */
export function linesOf(bands: readonly Band[], { next, cases }: Passage): Line[] {
  if (cases > 0)
    return next.map(({ from, to, cases: its }) => ({
      ...{ from: idOf(from.kind, from.name), to: idOf(to.kind, to.name) },
      ...{ cases: its, share: its / cases },
    }));
  return bands.slice(1).map(({ kind }, n) => ({
    ...{ from: wholeOf(bands[n]!.kind), to: wholeOf(kind), cases: 0, share: null },
  }));
}

/** What a line forward or back must be taken by to be drawn unasked. */
const usual = { forward: 0.1, back: 0.4 };

/** Those that one looks at: what a share of cases took, the most taken way on to each step, and all of a chosen step. */
export function shownLines(bands: readonly Band[], lines: readonly Line[], chosen: string | undefined): Line[] {
  const place = (id: string) => bands.findIndex(({ kind }) => id.startsWith(`${kind}:`));
  const isBack = ({ from, to }: Line) => place(to) < place(from);
  const strongest = new Set(
    [...Map.groupBy(lines, ({ to }) => to).values()].map(
      (its) => its.toSorted((a, b) => Number(isBack(a)) - Number(isBack(b)) || b.cases - a.cases)[0]!,
    ),
  );
  return lines.filter((line) => {
    const { share } = line;
    if (share === null || strongest.has(line) || touches(line, chosen)) return true;
    return share >= (isBack(line) ? usual.back : usual.forward);
  });
}

/** Sources are one step to the lines. */
export const touches = ({ from, to }: Line, chosen: string | undefined): boolean =>
  chosen !== undefined &&
  [chosen, ...(chosen.startsWith('read:') ? ['read:'] : [])].some((id) => id === from || id === to);
