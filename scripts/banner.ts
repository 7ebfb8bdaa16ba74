export interface Addresses {
  apiUrl: string;
  uiUrl: string;
  sandboxUrl: string | undefined;
  modelUrl: string | undefined;
  databaseUrl: string;
  /** Of a database that was started here. */
  passwordFile: string | undefined;
  temporalAddress: string;
  /** Where the `temporal` command lies, when it was needed. */
  temporalCli: string | undefined;
  /** Of people; without one, that of development. */
  issuer: string | undefined;
  /** The Web UI reads payloads by itself. */
  readable: boolean;
}

const signInAs = 'sign in as leo, who decides on refunds; nora asks for things, ada sees everything';

/** Where everything is that runs; first, where people go. */
export function banner(to: Addresses): string {
  const { apiUrl, uiUrl, sandboxUrl, modelUrl, temporalAddress, temporalCli } = to;
  const readable = to.readable ? 'payloads are shown decrypted' : 'docs/operations.md says who reads payloads and how';
  const lines: [string, string | undefined, (string | undefined)?][] = [
    ['Console', apiUrl, to.issuer ? `sign in at ${to.issuer}` : signInAs],
    ['API', `${apiUrl}/docs`],
    ['Temporal Web UI', uiUrl, readable],
    ['Journal', sandboxUrl && `${sandboxUrl}/_journal`, 'every effect on the systems of record'],
    ['Systems', sandboxUrl],
    ['Model', modelUrl],
    ['Database', withoutPassword(to.databaseUrl), to.passwordFile && `password in ${to.passwordFile}`],
    ['Temporal', `TEMPORAL_ADDRESS=${temporalAddress}`],
    ['temporal command', temporalCli],
  ];
  return lines
    .flatMap(([name, at, why]) => (at ? [`  ${name.padEnd(18)} ${at}${why ? `   (${why})` : ''}`] : []))
    .join('\n');
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}
