/** What stands in for real parts in development, the variable that names the real one, and the sentence that refuses it. */
const standIns = [
  ['SYSTEMS_URL', 'the sandbox would stand in for the systems of record'],
  ['OPENAI_API_KEY', 'the stand-in would answer for a model'],
  ['OIDC_ISSUER', 'the development provider would say who people are'],
  ['OIDC_AUDIENCE', 'a token for another application would count'],
  ['PAYLOAD_KEYS', 'payloads would be encrypted with a key made on this machine'],
] as const;

/** Ends the process, one clear sentence for each part that is missing, when NODE_ENV is `production`. */
export function refuseInProduction(env: NodeJS.ProcessEnv): void {
  if (env['NODE_ENV'] !== 'production') return;
  const missing = standIns.filter(([name]) => !env[name]);
  for (const [name, otherwise] of missing) console.error(`NODE_ENV=production needs ${name}: without it ${otherwise}.`);
  if (missing.length > 0) process.exit(1);
}
