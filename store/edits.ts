import { partsOf } from '../rules/json-pointer.ts';
import { createPatch } from 'rfc6902';
import { digest } from './digest.ts';

/** What a person changed, against what the terms, or a model's drafts in them, said. */
export interface Edits {
  /** RFC 6902. */
  patch: ({ path: string } & Record<string, unknown>)[];
  /** The digest of what the patch applies to: the terms as the handoff was opened with them. */
  against: string;
  /** Those of the changed fields that a model had drafted. */
  drafted: string[];
}

/** Undefined where nothing was changed. */
export function editsOf(before: unknown, after: unknown, drafts: readonly string[]): Edits | undefined {
  const patch = createPatch(before, after) as unknown as Edits['patch'];
  if (patch.length === 0) return undefined;
  const changed = new Set(patch.map(({ path }) => fieldOf(path)));
  return { patch, against: digest(before), drafted: drafts.filter((field) => changed.has(field)) };
}

/** The field at the top that a pointer leads into. */
export const fieldOf = (pointer: string): string => partsOf(pointer)[0]!;
