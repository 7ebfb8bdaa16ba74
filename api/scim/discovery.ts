import { z } from 'zod';
import { largeBodyLimit, route } from '../route.ts';
import { Problem } from '../problems.ts';
import { mediaType } from './errors.ts';
import { mostAtOnce } from './list.ts';
import type { Resource } from './read.ts';
import { json } from './resources.ts';
import { groupSchema, type Schema, userSchema } from './schemas.ts';
import { type Base, baseOf } from './show.ts';

const schemas = [userSchema, groupSchema];
const ofCore = 'urn:ietf:params:scim:schemas:core:2.0';

const common = {
  method: 'get',
  who: [],
  scope: 'scim',
  query: z.looseObject({}),
  answers: { 200: { description: 'As RFC 7643 says it', schema: z.record(z.string(), z.unknown()), type: mediaType } },
} as const;

const metaOf = (resourceType: string, location: string) => ({ meta: { resourceType, location } });

const config = (base: Base): Resource => ({
  schemas: [`${ofCore}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: largeBodyLimit },
  filter: { supported: true, maxResults: mostAtOnce },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      ...{ type: 'oauthbearertoken', name: 'A key with the scope scim', primary: true },
      description: 'Made by POST /keys, sent as a bearer token',
    },
  ],
  ...metaOf('ServiceProviderConfig', `${base}/ServiceProviderConfig`),
});

const resourceType = ({ id, name, endpoint, description }: Schema, base: Base): Resource => ({
  schemas: [`${ofCore}:ResourceType`],
  ...{ id: name, name, endpoint: `/${endpoint}`, description, schema: id },
  ...metaOf('ResourceType', `${base}/ResourceTypes/${name}`),
});

const schemaOf = ({ id, name, description, attributes }: Schema, base: Base): Resource => ({
  schemas: [`${ofCore}:Schema`],
  ...{ id, name, description, attributes },
  ...metaOf('Schema', `${base}/Schemas/${id}`),
});

const list = (resources: Resource[]): Resource => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  ...{ totalResults: resources.length, startIndex: 1, itemsPerPage: resources.length, Resources: resources },
});

/** A list of what there is, and each of it by its id. */
const listAndEach = (
  name: 'ResourceTypes' | 'Schemas',
  summary: string,
  show: (schema: Schema, base: Base) => Resource,
) => [
  route({
    ...common,
    ...{ path: `/scim/v2/${name}` as const, summary },
    problems: [],
    answer: async ({ headers }) => json(200, list(schemas.map((one) => show(one, baseOf(headers))))),
  }),
  route({
    ...common,
    ...{ path: `/scim/v2/${name}/{id}` as const, summary: `One of them: ${summary}` },
    problems: ['not-found'],
    async answer({ params, headers }) {
      const found = schemas.map((one) => show(one, baseOf(headers))).find(({ id }) => id === params['id']);
      if (!found) throw new Problem('not-found');
      return json(200, found);
    },
  }),
];

export const discovery = [
  route({
    ...common,
    ...{ path: '/scim/v2/ServiceProviderConfig', summary: 'What of SCIM is spoken here' },
    problems: [],
    answer: async ({ headers }) => json(200, config(baseOf(headers))),
  }),
  ...listAndEach('ResourceTypes', 'What is provisioned', resourceType),
  ...listAndEach('Schemas', 'Which attributes are kept', schemaOf),
];
