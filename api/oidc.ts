import type { ServeOptions } from './serve.ts';
import { readRoleMapping } from './role-mapping.ts';
import type { RolesSource } from './roles-source.ts';

/** What `serve` is told about the issuer by the variables `OIDC_…` and `ROLES_SOURCE`. Throws an `Error` of one sentence. */
export function oidcOf(env: NodeJS.ProcessEnv): Pick<ServeOptions, 'oidcIssuer' | 'oidc' | 'rolesSource' | 'signIn'> {
  const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_PERSON_CLAIM, OIDC_ROLES_CLAIM, OIDC_ROLES_FILE, ROLES_SOURCE } = env;
  const { OIDC_CLIENT_ID, OIDC_SCOPE } = env;
  return {
    oidcIssuer: OIDC_ISSUER || undefined,
    rolesSource: (ROLES_SOURCE || undefined) as RolesSource,
    signIn: {
      ...(OIDC_CLIENT_ID ? { clientId: OIDC_CLIENT_ID } : {}),
      ...(OIDC_SCOPE ? { scope: OIDC_SCOPE } : {}),
    },
    oidc: {
      ...(OIDC_AUDIENCE ? { audience: OIDC_AUDIENCE } : {}),
      ...(OIDC_PERSON_CLAIM ? { personClaim: OIDC_PERSON_CLAIM } : {}),
      ...(OIDC_ROLES_CLAIM ? { rolesClaim: OIDC_ROLES_CLAIM } : {}),
      ...(OIDC_ROLES_FILE ? { roles: readRoleMapping(OIDC_ROLES_FILE) } : {}),
    },
  };
}
