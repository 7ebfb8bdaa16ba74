import type { ServeOptions } from './serve.ts';
import { readRoleMapping } from './role-mapping.ts';

/** What `serve` is told about the issuer by the variables `OIDC_…`. Throws an `Error` of one sentence. */
export function oidcOf(env: NodeJS.ProcessEnv): Pick<ServeOptions, 'oidcIssuer' | 'oidc'> {
  const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_ROLES_CLAIM, OIDC_ROLES_FILE } = env;
  return {
    oidcIssuer: OIDC_ISSUER || undefined,
    oidc: {
      ...(OIDC_AUDIENCE ? { audience: OIDC_AUDIENCE } : {}),
      ...(OIDC_ROLES_CLAIM ? { rolesClaim: OIDC_ROLES_CLAIM } : {}),
      ...(OIDC_ROLES_FILE ? { roles: readRoleMapping(OIDC_ROLES_FILE) } : {}),
    },
  };
}
