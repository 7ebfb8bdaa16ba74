export type StepKind =
  'read' | 'inference' | 'ruling' | 'handoff' | 'approval' | 'task' | 'event' | 'action' | 'compensation';

/** One step of a case as it is counted; columns as in `fact_steps`. Instants and spans in milliseconds. */
export interface StepFact {
  key: string;
  kind: StepKind;
  name: string;
  system: string | null;
  owner: string | null;
  person: string | null;
  /** The queue in whose name they answered. */
  role: string | null;
  beganAt: number;
  endedAt: number | null;
  ms: number | null;
  tries: number;
  lostMs: number;
  outcome: string | null;
  error: string | null;
  stage: string | null;
  peopleMs: number;
  estimated: boolean;
  edits: string[];
  rule: string | null;
  confidence: number | null;
  agreed: boolean | null;
  tokens: number;
}

const nothing: Omit<StepFact, 'key' | 'kind' | 'name' | 'beganAt'> = {
  ...{
    system: null,
    owner: null,
    person: null,
    role: null,
    endedAt: null,
    ms: null,
    tries: 1,
    lostMs: 0,
    outcome: null,
  },
  ...{ error: null, stage: null, peopleMs: 0, estimated: false, edits: [], rule: null, confidence: null },
  ...{ agreed: null, tokens: 0 },
};

export const step = (known: Pick<StepFact, 'key' | 'kind' | 'name' | 'beganAt'> & Partial<StepFact>): StepFact => ({
  ...nothing,
  ...known,
});

/** The system of an operation `system.operation`. */
export const systemIn = (operation: string): string => operation.split('.')[0]!;

/** A stable code, as systems put it before their text; what is free text is not counted by its words. */
export const codeIn = (because: unknown): string => /^([\w-]{1,60})(?::|$)/.exec(String(because))?.[1] ?? 'other';
