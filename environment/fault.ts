/** Errors whose `name`, `code` and stack are looked at, from wherever they come. */
interface Failure {
  name?: unknown;
  code?: unknown;
  type?: unknown;
  message?: unknown;
  stack?: unknown;
}

const word = /^[\w.:-]{1,60}$/;

/** What an error is, without its message, which may quote what a person sent or a system said. */
export function nameOfFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name, code, type } = error as Failure;
  return [name, type, code].filter((part) => typeof part === 'string' && word.test(part)).join(' ') || 'Error';
}

/** The same, and where it went wrong. */
export function placeOfFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { message, stack = '' } = error;
  const said = message === '' ? '' : `: ${message}`;
  const after = stack.indexOf(said);
  const frames = after < 0 ? [] : stack.slice(after + said.length).split('\n');
  const at = frames.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return [nameOfFault(error), ...at.slice(0, 3)].join(' ');
}
