/** No step hands more than this to Temporal: there a result over 2 MiB is a task that fails and begins again, for ever. */
export const maxBytes = 256 * 1024;

/** How long a value is as JSON. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');
