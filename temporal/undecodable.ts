/** What is read in place of a workflow's payload that no key of ours opens. */
export interface Undecodable {
  undecodable: string;
}

/** Why a value could not be decoded; nothing where it could. */
export const undecodableIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'undecodable' in value && Object.keys(value).length === 1
    ? String(value.undecodable)
    : undefined;
