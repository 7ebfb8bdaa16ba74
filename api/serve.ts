import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PayloadCodec } from '@temporalio/common';
import type { Pool } from 'pg';
import { createReport, type Report } from '../environment/log.ts';
import * as declared from '../workflows/definitions.ts';
import { type Trust, type Verify, verifierOf } from './authentication.ts';
import { startChanges } from './changes.ts';
import { isBuilt } from './console.ts';
import type { Deps } from './deps.ts';
import { type Discover, discoveryOf, signInOrigins } from './discovery.ts';
import {
  createDevelopmentIdentity,
  type DevelopmentIdentity,
  developmentTrust,
  seedMembers,
} from './development-identity.ts';
import type { HookGrants } from './hook-grants.ts';
import { createHooks, developmentHookSecret, type HookSecrets } from './hooks.ts';
import { type Limits, usualLimits } from './limits.ts';
import { hasMember } from '../store/members.ts';
import { giveRolesOfGroups } from '../store/scim-groups.ts';
import { allowedOf } from '../outbound/addresses.ts';
import { tellOfChanges } from '../store/changes.ts';
import { startDelivering } from '../outbound/deliver.ts';
import { countHandoffs } from '../outbound/count-handoffs.ts';
import { startHandingOut } from '../outbound/hand-out.ts';
import { tellSubscribers } from '../outbound/tell-subscribers.ts';
import type { MailSettings } from '../outbound/mail-settings.ts';
import { createMailSink } from '../outbound/mail-sink.ts';
import { storesMessages } from '../outbound/messages-of.ts';
import type { SendingTimes } from '../outbound/send.ts';
import { startMessages } from '../outbound/start-messages.ts';
import { reportUnattended } from '../outbound/report-unattended.ts';
import { type Sampling, sampling } from '../scorecard/sampling.ts';
import { drawsReviews } from '../store/sampled-reviews.ts';
import { factsReceiver } from '../store/facts.ts';
import { startRelay } from './relay.ts';
import { startRescheduling } from './rescheduling.ts';
import { reportQueues } from './warnings.ts';
import { requireKnownRoles, roleMappingOf, rolesOfGroups } from './role-mapping.ts';
import type { RolesSource } from './roles-source.ts';
import { createApp } from './server.ts';
import { defaultTaskQueue } from '../temporal/start-case.ts';
import type { Temporal } from '../temporal/client.ts';
import { declaredRoles } from './visibility.ts';
import { startQueueLags } from './queue-lags.ts';
import { startTargets } from './targets.ts';
import { startWatch } from './watch.ts';
import { readWords } from './words.ts';

export interface ServeOptions {
  pool: Pool;
  temporal: Temporal;
  codec?: PayloadCodec | undefined;
  definitions?: Deps['definitions'];
  taskQueue?: string;
  /** 0: any free port. */
  port: number;
  host?: string;
  production?: boolean;
  /** The issuer whose tokens are taken; without one the development identity provider is served, but not in production. */
  oidcIssuer?: string | undefined;
  /** What its tokens say otherwise than in development. */
  oidc?: Partial<Pick<Trust, 'audience' | 'personClaim' | 'rolesClaim' | 'roles'>>;
  rolesSource?: RolesSource;
  /** As what the console asks that issuer, and for what. */
  signIn?: { clientId?: string; scope?: string };
  /** What webhooks are signed with, by source; without any, development takes one made for it, production none. */
  hookSecrets?: HookSecrets;
  /** What each of them may speak for; without, documents alone. */
  hookGrants?: HookGrants;
  limits?: Limits;
  /** `OUTBOUND_ALLOW`. */
  outboundAllow?: readonly string[];
  mail?: MailSettings;
  /** Which cases somebody looks at afterwards; `scorecard/sampling.json`, unless it is given. */
  sampling?: Sampling;
  messageTimes?: Partial<SendingTimes>;
  /** Where what is made for development is kept: the identity provider's key, the secret of webhooks. */
  dataDir: string;
  uiUrl: string;
  /** Pages besides the Temporal Web UI that may call the codec endpoint. */
  allowedOrigins?: readonly string[];
  report?: Report;
  /** How often open cases are compared with Temporal. */
  watchEveryMs?: number;
  /** How often whoever follows what changes is looked at. */
  checkFollowersEveryMs?: number;
}

export interface Api {
  url: string;
  /** Present in development. */
  identity: DevelopmentIdentity | undefined;
  /** Ends what is under way, then stops. The pool and the Temporal connection stay the caller's. */
  close(): Promise<void>;
}

const signInAt = ({ signIn = {} }: ServeOptions, issuer: () => string, discover?: Discover): Deps['signIn'] => ({
  issuer,
  origins: () => signInOrigins(issuer(), discover),
  clientId: signIn.clientId ?? 'baton-console',
  scope: signIn.scope ?? 'openid',
});

/** Serves the API and runs its relay and its watch in this process. The database's schema must be up to date. */
export async function serve(options: ServeOptions): Promise<Api> {
  const { pool, temporal, codec, production = false, oidcIssuer, dataDir, uiUrl, port, host = '127.0.0.1' } = options;
  const { definitions = declared, taskQueue = defaultTaskQueue, report = createReport(), mail = {} } = options;
  let url = '';
  const identity = oidcIssuer ? undefined : await developmentIdentity(production, dataDir, () => `${url}/dev/identity`);
  const discover = oidcIssuer ? discoveryOf(oidcIssuer) : undefined;
  const verify: Verify = identity ? identity.verify : verifierOf(trustIn(options, oidcIssuer!), discover);
  requireKnownRoles(options.oidc?.roles ?? new Map(), declaredRoles(definitions));
  if (identity) await seedMembers(pool);
  const { rolesSource } = options;
  if (production && !options.oidc?.roles && saysRoles(rolesSource))
    report('OIDC_ROLES_FILE is not set: nobody is admin, auditor or system.');
  if (!saysRoles(rolesSource) && !(await hasMember(pool, 'admin')))
    report("Nobody is admin: insert into baton.members values ('<person>', 'admin').");
  const groups = rolesOfGroups(options.oidc?.roles ?? new Map());
  if (rolesSource === 'scim') await giveRolesOfGroups(pool, null, groups);
  if (production && !mail.smtpUrl) report('SMTP_URL is not set: nobody gets mail.');
  const { hookSecrets = new Map(), hookGrants = new Map(), limits = usualLimits } = options;
  const usual = production || hookSecrets.size > 0 ? undefined : developmentHookSecret(dataDir);
  const hooks = createHooks({ secrets: hookSecrets, grants: hookGrants, usual }, definitions);

  const allowedOrigins = [...originsOf(uiUrl), ...(options.allowedOrigins ?? [])];
  const outboundAllowed = allowedOf(options.outboundAllow ?? []);
  const changes = startChanges(pool, report, { ...limits, everyMs: options.checkFollowersEveryMs });
  const mailSink = production || mail.smtpUrl ? undefined : createMailSink();
  const deps: Deps = {
    ...{
      pool,
      definitions,
      temporal,
      verify,
      rolesSource,
      groups,
      hooks,
      limits,
      outboundAllowed,
      codec,
      production,
      uiUrl,
      allowedOrigins,
      taskQueue,
      identity,
      signIn: signInAt(options, () => oidcIssuer ?? `${url}/dev/identity`, discover),
      report,
      mailSink,
      changes,
    },
  };
  if (!isBuilt()) report('There is no console: npm run build builds it.');
  await reportQueues(deps);
  const app = createApp(deps);
  const server = createServer({ requestTimeout: 30_000, highWaterMark: 16 * 1024 }, app);
  server.maxConnections = limits.connections;
  server.on('checkContinue', app); // who waits for a word before sending the body gets it when the body is read
  await listen(server, port, host);
  url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}`;
  const relay = startRelay(deps);
  const watch = startWatch(deps, options.watchEveryMs);
  const delivering = startDelivering(pool, { allowed: outboundAllowed, report });
  const handingOut = startHandingOut(
    pool,
    [
      tellSubscribers(declaredRoles(definitions)),
      storesMessages(definitions),
      reportUnattended(report),
      factsReceiver({ definitions, report }),
      drawsReviews(options.sampling ?? sampling),
      countHandoffs,
      tellOfChanges,
    ],
    report,
  );
  const messages = startMessages({
    ...{ pool, definitions, words: readWords(definitions), mail, sink: mailSink, apiUrl: url, outboundAllowed, report },
    timing: options.messageTimes ?? {},
  });
  const rescheduling = startRescheduling(deps);
  const targets = startTargets(deps);
  const queueLags = startQueueLags(deps);
  return {
    url,
    identity,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 5_000);
      const repeated = [changes, relay, watch, rescheduling, targets, queueLags, handingOut, delivering, messages];
      await Promise.all([closed, ...repeated.map((one) => one.close())]);
      clearTimeout(force);
    },
  };
}

/** In production nobody is an administrator, auditor or system by the word of an issuer: a mapping must say who is. */
const trustIn = ({ production, oidc, rolesSource }: ServeOptions, issuer: string): Trust => ({
  ...developmentTrust,
  ...(production ? { roles: roleMappingOf({}) } : {}),
  ...oidc,
  ...(saysRoles(rolesSource) ? {} : { rolesClaim: null }),
  issuer,
});

/** Whether what a token says about roles counts. */
const saysRoles = (source: RolesSource) => source === undefined || source === 'token';

async function developmentIdentity(production: boolean, dataDir: string, issuer: () => string) {
  if (production) throw new Error('NODE_ENV=production refuses the development identity provider: set OIDC_ISSUER.');
  return createDevelopmentIdentity(dataDir, issuer);
}

/** A browser may know this machine by either name. */
function originsOf(uiUrl: string): string[] {
  const { origin, hostname } = new URL(uiUrl);
  const other = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[hostname];
  return other ? [origin, origin.replace(hostname, other)] : [origin];
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
