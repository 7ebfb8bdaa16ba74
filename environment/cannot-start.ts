/** Why a program does not start: sentences for its operator, each of which names what to set. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

/** Runs a program's start; what stands in its way is said without a stack, and ends the process. */
export async function starting<Started>(start: () => Started | Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    console.error(sentenceOf(error));
    process.exit(1);
  }
}

function sentenceOf(error: unknown): string {
  const { code, address, port, message } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `PORT: ${address}:${port} is in use by another process.`;
  if (code === 'EACCES' && port !== undefined) return `PORT: this user may not listen on ${address}:${port}.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: this machine has no address ${address ?? ''}.`;
  return message ?? String(error);
}
