import { pointerOf } from '../rules/json-pointer.ts';
import { languageAsked } from './language.ts';
import { declared, saidInGerman, type Sentence } from './sentences.ts';
import german from './words/de.json' with { type: 'json' };

/** Every code the API answers an error with. Codes are stable; titles say in one sentence what a caller did or can do. */
export const problems = {
  'json-invalid': { status: 400, title: 'The body is not valid JSON' },
  'json-duplicate-key': { status: 400, title: 'An object in the body names a key twice' },
  'json-forbidden-key': { status: 400, title: 'The body uses a key that is never allowed' },
  'json-too-deep': { status: 400, title: 'The body is nested too deeply' },
  'number-invalid': { status: 400, title: 'A number in the body is too large to be represented' },
  'text-invalid': { status: 400, title: 'Text contains NUL or half a surrogate pair' },
  'header-repeated': { status: 400, title: 'A header that says one thing is there twice' },
  'path-invalid': { status: 400, title: 'The path is not properly encoded' },
  'query-invalid': { status: 400, title: 'A query parameter is unknown or has no valid value' },
  'idempotency-key-missing': { status: 400, title: 'The header Idempotency-Key is required' },
  'idempotency-key-invalid': { status: 400, title: 'The Idempotency-Key must be 1 to 200 visible ASCII characters' },
  'event-invalid': { status: 400, title: 'The body is not a CloudEvent 1.0' },
  'scim-filter-invalid': { status: 400, title: 'The filter cannot be read' },
  'scim-path-invalid': { status: 400, title: 'The path of an operation names nothing that there is' },
  'scim-target-missing': { status: 400, title: 'The operation changes something that is not there' },
  'scim-value-invalid': { status: 400, title: 'A value does not keep the schema' },
  'scim-not-mutable': { status: 400, title: 'This attribute does not change' },
  'xml-invalid': { status: 400, title: 'The body is not XML that is taken: well-formed, UTF-8, without a DOCTYPE' },
  'signature-invalid': { status: 401, title: 'The webhook is not signed with a secret of its source, or not just now' },
  unauthenticated: { status: 401, title: 'A valid bearer token is required' },
  'role-missing': { status: 403, title: 'None of your roles may do this' },
  'scope-missing': { status: 403, title: 'This key is not for this' },
  'person-inactive': { status: 403, title: 'Your time here has ended' },
  'not-your-queue': {
    status: 403,
    title: 'You are not a member of the queue that owns this handoff, nor the person it was given to',
  },
  'four-eyes': {
    status: 403,
    title: 'Who asked for something, whom it is about, or who approved it before does not decide on it',
  },
  'limit-exceeded': { status: 403, title: 'The amount, or its currency, is outside your limit of authority' },
  'webhook-not-granted': { status: 403, title: 'This webhook may not speak for this process, event or source' },
  'not-found': { status: 404, title: 'There is no such thing, or you may not see it' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'key-exists': { status: 409, title: 'A key has, or had, this name' },
  'roles-kept-elsewhere': { status: 409, title: 'The identity provider says who is in this role' },
  'scim-not-unique': { status: 409, title: 'Another resource has this name' },
  'case-exists': { status: 409, title: 'This case exists already, with another request' },
  'case-open': { status: 409, title: 'The case is still open: cancel it instead' },
  'nothing-to-reverse': { status: 409, title: 'Nothing that the case wrote stands' },
  'not-reversible': { status: 409, title: 'None of these writes can be taken back' },
  'reversal-under-way': { status: 409, title: 'Another reversal of the case is open' },
  'case-closed': { status: 409, title: 'The case is closed' },
  'handoff-closed': { status: 409, title: 'The handoff is decided, withdrawn or past its time' },
  'handoff-kind': { status: 409, title: 'A task is completed; a decision is given or returned; a rework is answered' },
  'write-under-way': { status: 409, title: 'A call of this write may still take effect: look again afterwards' },
  'claimed-by-other': { status: 409, title: 'Somebody else has claimed the handoff' },
  'subscription-ended': { status: 409, title: 'The subscription has ended: make a new one' },
  'not-undeliverable': { status: 409, title: 'Only a message that could not be delivered is sent again' },
  'question-closed': { status: 409, title: 'The question is answered, taken back, or its time is over' },
  'returned-too-often': { status: 409, title: 'It was sent back as often as it may be: decide it' },
  'calendar-stale': { status: 409, title: 'The calendar has another version than the one you read' },
  'already-approved': { status: 409, title: 'You, or whom you stand in for, approved it already: another person must' },
  'version-stale': { status: 409, title: 'The handoff changed since you read it' },
  'version-other': { status: 412, title: 'The resource is at another version than If-Match says' },
  'body-too-large': { status: 413, title: 'The body is larger than allowed' },
  'content-type-unsupported': {
    status: 415,
    title: 'The body must be of a type that is taken here, uncompressed and in UTF-8',
  },
  'request-invalid': { status: 422, title: 'The body does not keep its contract' },
  'document-unsupported': { status: 422, title: 'The XML is no document that is taken here' },
  'e-invoice-invalid': { status: 422, title: 'The e-invoice lacks something, or holds what cannot be read' },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key, or this event, came before with other content',
  },
  'as-of-refused': { status: 422, title: 'A case cannot be given a clock of its own in production' },
  'question-not-allowed': { status: 422, title: 'This cannot be asked here, or not of them' },
  'amendment-not-allowed': { status: 422, title: 'The handoff does not let its owner change this' },
  'amendment-required': { status: 422, title: 'What is approved must be written by the one who approves' },
  'amendment-invalid': { status: 422, title: 'The amended terms do not keep their contract' },
  'reason-required': { status: 422, title: 'This answer needs a reason here' },
  'not-assignable': { status: 422, title: 'This person may not decide the handoff' },
  'delegate-unfit': { status: 422, title: 'This person cannot stand in for you' },
  'completion-invalid': { status: 422, title: 'What was found is not what this task asks for, or lacks something' },
  'unknown-event': { status: 422, title: 'No process declares an event of this type' },
  'payload-unreadable': { status: 422, title: 'A payload cannot be decoded with the keys at hand' },
  'too-many-requests': { status: 429, title: 'You sent too many requests within a minute; try again later' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'There is no room for another large body now; try again shortly' },
  unavailable: { status: 503, title: 'Something this needs cannot be reached; try again later' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** What is wrong with one field; `field` is a JSON pointer into the body, or the name of a parameter or header. */
export interface FieldError {
  field: string;
  message: Sentence;
}

/** Thrown anywhere while a call is answered; becomes `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly changes: readonly unknown[] | undefined;

  constructor(
    code: ProblemCode,
    detail: Sentence = '',
    more: {
      errors?: readonly FieldError[];
      headers?: Record<string, string>;
      changes?: readonly unknown[] | undefined;
    } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
    this.changes = more.changes;
  }

  get status(): number {
    return problems[this.code].status;
  }

  /** In the language of the call that it answers. */
  toJSON() {
    const isGerman = languageAsked() === 'de';
    const { status, title } = problems[this.code];
    const said = (text: string) => (isGerman ? saidInGerman(text) : text);
    return {
      type: `urn:baton:problem:${this.code}`,
      title: isGerman ? german.errors[this.code] : title,
      status,
      code: this.code,
      ...(this.message ? { detail: said(this.message) } : {}),
      ...(this.errors.length > 0
        ? { errors: this.errors.map(({ field, message }) => ({ field, message: said(message) })) }
        : {}),
      ...(this.changes ? { changes: this.changes } : {}),
    };
  }
}

interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string;
  keys?: string[];
}

/** What a schema found wrong, field by field; an unknown key is a field of its own. */
export const fieldErrors = ({ issues }: { issues: readonly Issue[] }, pointer = true): FieldError[] =>
  issues.slice(0, 50).flatMap(({ path, message, code, keys }) => {
    const name = (more: PropertyKey[]) => (pointer ? pointerOf([...path, ...more]) : [...path, ...more].join('.'));
    if (code !== 'unrecognized_keys' || !keys) return [{ field: name([]), message: declared(message) }];
    return keys.slice(0, 50).map((key) => ({ field: name([key]), message: 'is not known here' }));
  });
