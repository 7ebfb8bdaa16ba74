/** What of RFC 7643 is kept here, attribute by attribute; `/Schemas` shows it, and what comes in and goes out is read by it. */
export interface Attribute {
  name: string;
  type: 'string' | 'boolean' | 'complex' | 'reference';
  description: string;
  multiValued: boolean;
  required: boolean;
  caseExact: boolean;
  mutability: 'readWrite' | 'readOnly' | 'immutable';
  returned: 'default' | 'always';
  uniqueness: 'none' | 'server';
  referenceTypes?: string[];
  subAttributes?: Attribute[];
}

const attribute = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  ...{ name, type: 'string', description, multiValued: false, required: false, caseExact: false },
  ...{ mutability: 'readWrite', returned: 'default', uniqueness: 'none' },
  ...more,
});

const complex = (name: string, description: string, subAttributes: Attribute[], more: Partial<Attribute> = {}) =>
  attribute(name, description, { type: 'complex', subAttributes, ...more });

const readOnly = { mutability: 'readOnly' } as const;

export interface Schema {
  id: string;
  name: 'User' | 'Group';
  endpoint: 'Users' | 'Groups';
  description: string;
  attributes: Attribute[];
}

export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  endpoint: 'Users',
  description: 'A person',
  attributes: [
    attribute('userName', 'The person: the name that tokens have for them. It is theirs for ever', {
      ...{ required: true, uniqueness: 'server', mutability: 'immutable', returned: 'always' },
    }),
    complex('name', 'The parts of their name', [
      attribute('formatted', 'The whole name'),
      attribute('familyName', 'The family name'),
      attribute('givenName', 'The given name'),
    ]),
    attribute('displayName', 'The name that is shown'),
    attribute('preferredLanguage', 'The language that they are written to in: English, or German for de'),
    attribute('active', 'False ends their roles and their keys at once', { type: 'boolean' }),
    complex(
      'emails',
      'Where they are written to: at the primary one, else at the first',
      [
        attribute('value', 'The address'),
        attribute('display', 'How it is shown'),
        attribute('type', 'Such as work or home'),
        attribute('primary', 'Whether it is the one that is used', { type: 'boolean' }),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'The groups that they are in',
      [
        attribute('value', 'The id of the group', { ...readOnly, caseExact: true }),
        attribute('$ref', 'Where it is', {
          ...readOnly,
          type: 'reference',
          referenceTypes: ['Group'],
          caseExact: true,
        }),
        attribute('display', 'Its name', readOnly),
      ],
      { ...readOnly, multiValued: true },
    ),
  ],
};

export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  endpoint: 'Groups',
  description: 'A group; if it is mapped to roles, its members have them',
  attributes: [
    attribute('displayName', 'By this name, or by its external id, it is mapped to roles', {
      ...{ required: true, uniqueness: 'server' },
    }),
    complex(
      'members',
      'The users who are in it',
      [
        attribute('value', 'The id of the user', { mutability: 'immutable', caseExact: true }),
        attribute('$ref', 'Where it is', {
          ...{ mutability: 'immutable', type: 'reference', referenceTypes: ['User'], caseExact: true },
        }),
      ],
      { multiValued: true },
    ),
  ],
};

/** Attributes that every resource has, and which no schema lists (RFC 7643, 3.1). */
const common = [
  attribute('id', 'Ours', { ...readOnly, caseExact: true, returned: 'always' }),
  attribute('externalId', "The identity provider's", { caseExact: true }),
  complex('meta', 'When it was made and changed', [
    ...['resourceType', 'created', 'lastModified', 'location', 'version'].map((name) => attribute(name, '', readOnly)),
  ]),
].map((one) => (one.name === 'meta' ? { ...one, ...readOnly } : one));

/** What a client may send that is kept by nobody here, as directories send all that they have. */
const notKept =
  /^(schemas|nickName|profileUrl|title|userType|locale|timezone|password|phoneNumbers|ims|photos|addresses|entitlements|roles|x509Certificates)$/i;
export const isNotKept = (name: string): boolean => notKept.test(name) || /^urn:/i.test(name);

/** By name, whose case does not count. */
export const attributeNamed = (all: readonly Attribute[], name: string): Attribute | undefined =>
  all.find((one) => one.name.toLowerCase() === name.toLowerCase());

export const attributesOf = ({ attributes }: Schema): Attribute[] => [...common, ...attributes];
