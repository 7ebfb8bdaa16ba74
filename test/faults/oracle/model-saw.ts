import canonicalize from 'canonicalize';
import { each, type Invariant } from './invariant.ts';

/** Nothing was shown to a model but the fields that its inference declares, at any depth. */
export const modelSaw: Invariant = {
  number: 8,
  name: 'the model saw only declared fields',
  check: ({ asked, definitions }) =>
    each(asked, ({ name, key, given }) => {
      const [process, inference] = name.split('_') as [string, string];
      const declared = definitions[process]?.inferences[inference]?.given.shape;
      if (!declared) return `${key}: ${name} is no declared inference`;
      // Texts that are stored apart are shown in full, in the place of their references: whoever reads the field sees the text.
      const undeclared = Object.entries(given as object).filter(([field, value]) => {
        if (!Object.hasOwn(declared, field)) return true;
        const parsed = declared[field]!.safeParse(value);
        return parsed.success && canonicalize(parsed.data) !== canonicalize(value);
      });
      return undeclared.length > 0
        ? `${key}: ${name} was shown ${undeclared.map(([field]) => field).join(', ')}`
        : undefined;
    }),
};
