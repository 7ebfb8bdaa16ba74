import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces of failures may quote what was being worked on: they are encrypted like any payload. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
