import { Problem, type ProblemCode } from '../problems.ts';
import { forMachines } from '../sentences.ts';

export const mediaType = 'application/scim+json';
export const isScimPath = (path: string): boolean => /^\/scim(\/|$)/i.test(path);

/** By code, what RFC 7644, 3.12 calls it. */
const scimTypes: Partial<Record<ProblemCode, string>> = {
  'json-invalid': 'invalidSyntax',
  'json-duplicate-key': 'invalidSyntax',
  'json-forbidden-key': 'invalidSyntax',
  'json-too-deep': 'invalidSyntax',
  'number-invalid': 'invalidValue',
  'text-invalid': 'invalidValue',
  'request-invalid': 'invalidValue',
  'scim-filter-invalid': 'invalidFilter',
  'scim-path-invalid': 'invalidPath',
  'scim-target-missing': 'noTarget',
  'scim-value-invalid': 'invalidValue',
  'scim-not-mutable': 'mutability',
  'scim-not-unique': 'uniqueness',
};

/** A problem as SCIM says it. */
export function scimError(problem: Problem) {
  const { title, detail, errors = [] } = problem.toJSON();
  const scimType = scimTypes[problem.code];
  // What does not keep a schema is 400 there.
  const status = problem.status === 422 ? 400 : problem.status;
  const fields = errors.map(({ field, message }) => `${field} ${message}`);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: [title, detail, ...fields].filter(Boolean).join('; '),
  };
}

/** What only directories read. */
export const scimProblem = (code: ProblemCode, detail: string) => new Problem(code, forMachines(detail));
export const valueInvalid = (detail: string) => scimProblem('scim-value-invalid', detail);
