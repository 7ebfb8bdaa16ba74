import { z } from 'zod';
import { type Json, toSchema } from './json-schema.ts';
import type { Deps } from './deps.ts';
import { describeWebhooks } from './openapi-webhooks.ts';
import { exampleOf, parameters as exampleParameters, requestsOf } from './examples.ts';
import { type ProblemCode, problems } from './problems.ts';
import type { Route } from './route.ts';
import { inputSchema } from './routes/processes.ts';
import { Besides, startCase } from './routes/start.ts';
import program from '../package.json' with { type: 'json' };

const Shown = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  changes: z
    .array(z.record(z.string(), z.unknown()))
    .describe('Of `version-stale`: a JSON Patch (RFC 6902) from what the version you read showed to what is shown now')
    .optional(),
});

const ofBodies: readonly ProblemCode[] = [
  ...(['json-invalid', 'json-duplicate-key', 'json-forbidden-key', 'json-too-deep', 'number-invalid'] as const),
  ...(['text-invalid', 'request-invalid', 'body-too-large', 'overloaded', 'content-type-unsupported'] as const),
];

/** Every code a route may answer with. */
export function problemsOf({ who, body, path, problems }: Route): ProblemCode[] {
  const codes: ProblemCode[] = ['query-invalid', ...problems, 'too-many-requests', 'internal', 'unavailable'];
  if (who === 'signed') codes.push('signature-invalid');
  else if (who !== 'open') codes.push('unauthenticated');
  if (Array.isArray(who)) codes.push('role-missing', 'scope-missing', 'person-inactive');
  if (body) codes.push(...ofBodies);
  if (path.includes('{')) codes.push('path-invalid');
  return [...new Set(codes)];
}

/** The parts of the API, by how a path begins, in the order in which one meets them. */
const tags: readonly [prefix: string, name: string, description: string][] = [
  ['/processes', 'Processes', 'What may be asked for, and to ask for it'],
  ['/workload', 'Processes', 'What may be asked for, and to ask for it'],
  ['/cases', 'Cases', 'Where they stand, and their record'],
  ['/handoffs', 'Handoffs', 'What waits for a person'],
  ['/changes', 'Handoffs', 'What waits for a person'],
  ['/questions', 'Handoffs', 'What waits for a person'],
  ['/events', 'Events', 'What happens elsewhere'],
  ['/hooks', 'Events', 'What happens elsewhere'],
  ['/subscriptions', 'Subscriptions', 'Whom Baton tells what happens in cases'],
  ['/texts', 'Texts', 'Long texts, for cases that a Temporal client starts'],
  ['/keys', 'Keys', 'Machines that call, and what each may'],
  ['/scim', 'Provisioning', 'SCIM 2.0: an identity provider keeps who is here, by a key with the scope `scim`'],
  ['/people', 'People', 'Who is in which role'],
  ['/messages', 'Messages', 'Who was sent what, by mail and chat, and who wants what'],
  ['/me/notifications', 'Messages', 'Who was sent what, by mail and chat, and who wants what'],
  ['/me', 'People', 'Who is in which role'],
  ['/sign-in', 'People', 'Who is in which role'],
  ['/queues', 'Queues', 'What waits where, and who learns of it'],
  ['/scorecard', 'Scorecard', 'What cases came to, and the cases behind each number'],
  ['/words', 'Words', 'What everything is called, in English and German'],
  ['/codec', 'Payloads', "Temporal's payloads, readable"],
  ['', 'Operations', 'For those who run it'],
];
const tagOf = ({ path }: Route) => tags.find(([prefix]) => path.startsWith(prefix))![1];

const tokens = {
  development:
    'A token comes from `GET /dev/identity/tokens/{person}`, for one of the people of `GET /dev/identity/people` ' +
    '(`leo` decides on refunds, `storefront` starts cases, `ada` reads everything): paste it below *Authorize*.',
  issuer:
    'A token is an access token of your identity provider, the issuer that OIDC_ISSUER names: paste it below *Authorize*.',
};

/** The table of routes as an OpenAPI 3.1 document. */
export function describeApi(
  routes: readonly Route[],
  { definitions, identity }: Pick<Deps, 'definitions' | 'identity'>,
): Json {
  const token = identity ? tokens.development : tokens.issuer;
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route, definitions);
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Baton', version: program.version },
      description: `Cases of governed processes: start, see, decide, prove.\n\n${token}`,
    },
    tags: [...new Map(tags.map(([, name, description]) => [name, { name, description }])).values()],
    paths,
    webhooks: describeWebhooks(),
    components: {
      schemas: { Problem: toSchema(Shown, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: `${token} Machines send a key of \`POST /keys\`.` },
      },
    },
  };
}

function operation(route: Route, definitions: Deps['definitions']): Json {
  const { method, path, summary, who, scope, body, bodyOptional, alsoConsumes = [] } = route;
  const content = () => {
    const schema = route === startCase ? requests(definitions) : toSchema(body!, 'input');
    const example = exampleOf(route);
    const types = ['application/json', ...alsoConsumes];
    // What a page shows first is what the example is of.
    return Object.fromEntries(
      (example?.type ? [example.type, ...types.filter((type) => type !== example.type)] : types).map((type) => [
        type,
        {
          schema,
          ...(route === startCase ? { examples: requestsOf(definitions) } : {}),
          ...(example && (example.type ?? type) === type ? { example: example.value } : {}),
        },
      ]),
    );
  };
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z]+(.)?/g, (_, next: string = '') => next.toUpperCase())}`,
    summary,
    tags: [tagOf(route)],
    ...(Array.isArray(who) ? { description: callersOf(who, scope) } : {}),
    security: who === 'open' || who === 'signed' ? [] : [{ bearer: [] }],
    parameters: parameters(route),
    ...(body ? { requestBody: { required: !bodyOptional, content: content() } } : {}),
    responses: { ...answers(route), ...refusals(route) },
  };
}

const names: Record<string, string> = {
  requester: 'whoever may ask for some process',
  'process-owner': 'whoever owns a process',
  queue: 'any queue of a process',
  person: 'the person it was given to',
};
const roleName = (who: string) => names[who] ?? who;

function callersOf(who: readonly string[], scope: string | undefined): string {
  const roles = who.length > 0 ? [`Roles: ${who.map(roleName).join(', ')}.`] : [];
  return [...roles, ...(scope ? [`Keys with the scope ${scope}.`] : [])].join(' ');
}

const exampleNamed = (name: string) =>
  Object.hasOwn(exampleParameters, name) ? { example: exampleParameters[name] } : {};

function parameters({ path, query, headers = {}, optionalHeaders = {} }: Route): Json[] {
  const text = { type: 'string' };
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: text,
    ...exampleNamed(name!),
  }));
  const inHeaders = Object.entries({ ...headers, ...optionalHeaders }).map(([name, description]) => ({
    ...{ name, in: 'header', required: name in headers, description, schema: text, ...exampleNamed(name) },
  }));
  const { properties = {} } = query ? toSchema(query, 'input') : {};
  const inQuery = Object.entries(properties as Record<string, Json>).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false, schema },
  }));
  return [...inPath, ...inHeaders, ...inQuery];
}

const answers = ({ answers }: Route): Json =>
  Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, type = 'application/json' }]) => [
      status,
      { description, ...(schema ? { content: { [type]: { schema: toSchema(schema, 'output') } } } : {}) },
    ]),
  );

function refusals(route: Route): Json {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}

/** What may be sent to start a case of any process, with what may stand beside it. */
function requests(definitions: Deps['definitions']): Json {
  const beside = toSchema(Besides, 'input').properties as Json;
  const begun = Object.values(definitions).filter(({ internal }) => !internal);
  const anyOf = begun.map(({ name, request }) => {
    const { $schema: _dialect, ...schema } = inputSchema(request) as Json;
    return { ...schema, title: name, properties: { ...beside, ...(schema['properties'] as Json) } };
  });
  return anyOf.length === 0 ? { type: 'object' } : { anyOf };
}
