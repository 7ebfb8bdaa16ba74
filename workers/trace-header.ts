import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import type { WorkflowInterceptors } from '@temporalio/workflow';

/** Where the interceptors of OpenTelemetry keep a trace. */
const name = '_tracer-data';

/** Runs before them: who sends a signal may have written anything there, and one that cannot be read would stop the case. */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [
    {
      execute: (input, next) => next({ ...input, headers: readable(input.headers) }),
      handleSignal: (input, next) => next({ ...input, headers: readable(input.headers) }),
      handleUpdate: (input, next) => next({ ...input, headers: readable(input.headers) }),
      validateUpdate: (input, next) => next({ ...input, headers: readable(input.headers) }),
      handleQuery: (input, next) => next({ ...input, headers: readable(input.headers) }),
    },
  ],
});

function readable(headers: Headers): Headers {
  if (!(name in headers) || isRead(headers[name])) return headers;
  const { [name]: _, ...rest } = headers;
  return rest;
}

function isRead(payload: Headers[string] | undefined): boolean {
  try {
    const carried: unknown = payload && defaultPayloadConverter.fromPayload(payload);
    return typeof carried === 'object' && carried !== null && Object.values(carried).every(isText);
  } catch {
    return false;
  }
}

const isText = (value: unknown) => typeof value === 'string';
