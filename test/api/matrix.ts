import { problems } from '../../api/problems.ts';
import type { Route } from '../../api/route.ts';
import type { Got } from './world.ts';

export const nameOf = ({ method, path }: Route) => `${method} ${path}`;
export const isAboutCase = ({ path }: Route) => /\{(caseId|handoffId)\}/.test(path);

/** The code of a refusal; of one in the words of SCIM, by its title. */
export function codeOf({ body }: Got): string | undefined {
  if (body?.code !== undefined) return body.code as string;
  const title = String(body?.detail ?? '').split(';')[0];
  return Object.entries(problems).find(([, one]) => one.title === title)?.[0];
}
