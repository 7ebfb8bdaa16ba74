import { z } from 'zod';
import { type Edits, fieldOf } from '../../store/edits.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { without } from '../../store/versions.ts';

const Fields = z.record(z.string(), z.unknown());

export const BeforeRework = z.object({ packet: Fields, terms: Fields });

/** The fields that a rework changed, as they were before; null where none was, or there was no rework. Hidden drafts stay hidden. */
export function beforeRework({ before, said, hidden }: StoredHandoff): z.output<typeof BeforeRework> | null {
  if (!before || !said?.edits || 'patch' in said.edits) return null;
  const { packet, terms } = said.edits;
  const fields = (value: unknown, edits: Edits | undefined) => {
    const changed = new Set((edits?.patch ?? []).map(({ path }) => fieldOf(path)));
    const all = Object.entries(without(value ?? {}, hidden) as object);
    return Object.fromEntries(all.filter(([name]) => changed.has(name)));
  };
  return { packet: fields(before.packet, packet), terms: fields(before.terms, terms) };
}
