import { readFileSync } from 'node:fs';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { directoryName } from '../rules/canonical.ts';
import type { GroupRoles } from '../store/scim-groups.ts';
import { Problem } from './problems.ts';
import { parseStrictJson } from './strict-json.ts';

/** Names of Baton's own: a token's claim never gives them by itself, only a mapping does. */
export const ownRoles: readonly string[] = ['admin', 'auditor', 'system', 'data-leader', 'tech-leader'];

/** Baton's roles, by what the claim of a token holds. */
export type RoleMapping = ReadonlyMap<string, readonly string[]>;

const Role = text(100).min(1);
const Mapping = z.record(text(200).min(1), z.array(Role).max(200));
const Values = z.array(text(200).min(1)).max(500);

/** What a value of the mapping is not named in stands for itself, unless it is a name of Baton's own. */
export const rolesBy = (mapping: RoleMapping, values: readonly string[]): string[] => [
  ...new Set(values.flatMap((value) => mapping.get(value) ?? (ownRoles.includes(value) ? [] : [value]))),
];

/** The roles that a mapping gives by a group's name, however its case: none of Baton's own, and none that it does not name. */
export const rolesOfGroups = (mapping: RoleMapping): GroupRoles =>
  [...mapping].flatMap(([group, roles]) =>
    roles.filter((role) => !ownRoles.includes(role)).map((role) => ({ group: directoryName(group), role })),
  );

/**
 * The values of a claim: a list, one text, or the names in an object. `claim` is a claim's name, which may hold dots, or a
 * path through objects with a dot between names. `undefined` when there is no such claim, or it holds something else.
 */
export function valuesOf(payload: JWTPayload, claim: string): string[] | undefined {
  const found = at(payload, claim);
  const values = typeof found === 'string' ? [found] : isObject(found) ? Object.keys(found) : found;
  const parsed = Values.safeParse(values);
  return parsed.success ? parsed.data : undefined;
}

function at(value: unknown, path: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot);
    const found = Object.hasOwn(value, name) ? at(value[name], path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const roleMappingOf = (given: z.input<typeof Mapping>): RoleMapping => new Map(Object.entries(given));

/** Reads the file that `OIDC_ROLES_FILE` names. Throws an `Error` of one sentence. */
export function readRoleMapping(file: string): RoleMapping {
  const form = 'a JSON object that holds, for each value of the claim, a list of roles';
  try {
    return roleMappingOf(Mapping.parse(parseStrictJson(readFileSync(file))));
  } catch (error) {
    throw new Error(`OIDC_ROLES_FILE must name ${form}; ${file} ${faultIn(error)}.`, { cause: error });
  }
}

function faultIn(error: unknown): string {
  if (error instanceof z.ZodError) return `is wrong at ${error.issues[0]?.path.join(' → ') || 'its top'}`;
  return error instanceof Problem ? `is not (${error.code})` : 'cannot be read';
}

/** Every role that means something here: those that processes declare, and Baton's own. */
export const knownRoles = (declared: Iterable<string>): Set<string> => new Set([...ownRoles, ...declared]);

/** Throws an `Error` of one sentence when a mapping gives a role that means nothing here. */
export function requireKnownRoles(mapping: RoleMapping, declared: Iterable<string>): void {
  const known = knownRoles(declared);
  const unknown = [...mapping.values()].flat().find((role) => !known.has(role));
  if (unknown !== undefined) throw new Error(`OIDC_ROLES_FILE gives the role ${unknown}, which no process knows.`);
}
