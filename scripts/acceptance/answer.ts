export interface Answer {
  status: number;
  /** JSON, or the text where it is none. */
  body: any;
}

export interface Sent {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in the place of a body; say its `content-type`. */
  text?: string;
  headers?: Record<string, string>;
}

/** Starts cases, and sends what customers say. */
export const system = 'storefront';
export const auditor = 'ada';

/** The answer, unless it is a refusal: that is thrown. */
export async function ok(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  if (answer.status >= 300) throw new Error(refusal(answer));
  return answer;
}

export const refusal = ({ status, body }: Answer): string =>
  [status, body?.code ?? body, body?.errors ? JSON.stringify(body.errors) : ''].join(' ').trim();
