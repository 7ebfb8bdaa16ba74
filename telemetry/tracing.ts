/** What a span says. Names and values are bounded words of ours, never what somebody sent. */
export type Attributes = Readonly<Record<string, string | number>>;

/** For a part to say what it knows only at its end. */
export interface Span {
  say(attributes: Attributes): void;
  rename(name: string): void;
}

export interface Named {
  name: string;
  attributes?: Attributes;
}

/** How the parts of a case are joined to one trace. It changes no answer and no error of theirs. */
export interface Tracing {
  /** Begins a part, as a part of the `traceparent` that came with it. */
  enter<T>(span: Named & { traceparent: string | undefined }, body: (span: Span) => Promise<T>): Promise<T>;
  /** A call to elsewhere, within what is traced already; what belongs to nothing is not traced. */
  call<T>(span: Named, body: (span: Span) => Promise<T>): Promise<T>;
  /** What a call takes along, so that what it leads to is joined to the same trace: `traceparent`, or nothing. */
  headers(): { traceparent?: string };
}

/** Of what is not traced. */
export const silent: Span = { say: () => undefined, rename: () => undefined };

const off: Tracing = { enter: (_span, body) => body(silent), call: (_span, body) => body(silent), headers: () => ({}) };

let current = off;

export const useTracing = (tracing: Tracing): void => void (current = tracing);

/** Of this process. It does nothing until `startTracing` has found where traces go. */
export const tracing: Tracing = {
  enter: (span, body) => current.enter(span, body),
  call: (span, body) => current.call(span, body),
  headers: () => current.headers(),
};
