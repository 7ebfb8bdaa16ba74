/**
 * A refusal of the API, by RFC 9457; `code` is stable. `offline` where no answer came, `issuer-offline` where none
 * came from where people sign in: their status is 0.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { field: string; message: string }[];
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, body: { code?: string; title?: string; detail?: string; errors?: ApiProblem['errors'] }) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    [this.status, this.code, this.errors, this.body] = [status, body.code ?? 'unknown', body.errors ?? [], { ...body }];
  }
}
