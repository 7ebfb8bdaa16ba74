import type { PayloadCodec } from '@temporalio/common';
import type { Pool } from 'pg';
import type { Report } from '../environment/log.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import type { Verify } from './authentication.ts';
import type { Changes } from './changes.ts';
import type { DevelopmentIdentity } from './development-identity.ts';
import type { Hooks } from './hooks.ts';
import type { Limits } from './limits.ts';
import type { GroupRoles } from '../store/scim-groups.ts';
import type { RolesSource } from './roles-source.ts';
import type { Allowed } from '../outbound/addresses.ts';
import type { MailSink } from '../outbound/mail-sink.ts';
import type { Temporal } from '../temporal/client.ts';

/** What the API works with; passed in, so that tests and `serve` bring their own. */
export interface Deps {
  pool: Pool;
  definitions: Readonly<Record<string, ProcessDefinition>>;
  temporal: Temporal;
  verify: Verify;
  rolesSource: RolesSource;
  /** The roles of groups that an identity provider provisions. */
  groups: GroupRoles;
  hooks: Hooks;
  limits: Limits;
  /** What Baton may send to by itself. */
  outboundAllowed: Allowed;
  /** What makes Temporal's payloads readable; without one the codec endpoint answers them as they are. */
  codec?: PayloadCodec | undefined;
  production: boolean;
  /** Base URL of the Temporal Web UI. */
  uiUrl: string;
  /** Pages that may call the codec endpoint with its cookie. */
  allowedOrigins: readonly string[];
  taskQueue: string;
  /** Where people who use the console sign in. */
  signIn: { issuer(): string; clientId: string; scope: string; origins(): Promise<readonly string[]> };
  /** Mounted under /dev/identity; never in production. */
  identity?: DevelopmentIdentity | undefined;
  changes: Changes;
  /** What takes mail in development, shown at /dev/mail. */
  mailSink?: MailSink | undefined;
  report: Report;
}
