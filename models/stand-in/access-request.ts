import type { Answers } from './answers.ts';

interface Given {
  words: string;
  roles: { roleId: string; name: string; description: string | null }[];
}

/** Says nothing about what a role is for. */
const idle = new Set([
  'the',
  'and',
  'for',
  'with',
  'need',
  'needs',
  'access',
  'role',
  'please',
  'from',
  'that',
  'this',
]);

const wordsIn = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !idle.has(word));

export const accessRequest: Answers = {
  'access-request_suggest': ({ words, roles }: Given) => {
    const wanted = new Set(wordsIn(words));
    const scored = roles
      .map((role) => {
        const common = [...new Set(wordsIn(`${role.name} ${role.description ?? ''}`))].filter((word) =>
          wanted.has(word),
        );
        return { role, common };
      })
      .filter(({ common }) => common.length > 0)
      .toSorted((a, b) => b.common.length - a.common.length);
    const best = scored.filter(({ common }) => common.length === scored[0]!.common.length).slice(0, 3);
    return {
      suggestions: best.map(({ role, common }) => ({
        roleId: role.roleId,
        because: `It is about ${common.join(', ')}.`,
      })),
      confidence: best.length > 0 ? 0.9 : 0.3,
      evidence: best.map(({ role }) => `roles: ${role.name}`),
    };
  },
};
