import { type AutonomyLevel, autonomyLevels } from '../core/declare/autonomy.ts';
import type { Action, ProcessDefinition } from '../core/declare/definition.ts';
import { digest } from '../store/digest.ts';
import type { StoredApproval } from '../store/rulings.ts';
import { refuse } from './failures.ts';

export interface Write {
  caseId: string;
  name: string;
  of: string | undefined;
  input: Record<string, unknown>;
  approval: string;
}

type Declared = Pick<ProcessDefinition, 'handoffs' | 'actions'>;

/** The references of an approval: several, where several people had to give it. */
export const referencesIn = (approval: string): string[] => approval.split(' + ');

/** The levels of autonomy at which these approvals suffice. */
export function sufficesAt(found: readonly StoredApproval[]): readonly AutonomyLevel[] {
  if (found.some(({ person }) => person?.supervises)) return autonomyLevels;
  return found.some(({ person }) => person) ? ['assist', 'straight-through'] : ['straight-through'];
}

/** Holds a write against what was approved, as the store has it now. Trusts nothing the workflow says but the reference. */
export function holdToApproval(found: readonly StoredApproval[], { handoffs, actions }: Declared, write: Write): void {
  const action = actions[write.name]!;
  if (found.length !== referencesIn(write.approval).length)
    throw refuse('approval-invalid', 'There is no such approval');
  for (const approval of found) {
    stands(approval, action, handoffs, write);
    covers(approval.terms as Record<string, unknown>, action, write);
  }
}

function stands(
  approval: StoredApproval,
  { on }: Action,
  handoffs: Declared['handoffs'],
  { caseId, name }: Write,
): void {
  const { verdict, person, termsName, fresh } = approval;
  const not = (why: string) => refuse('approval-invalid', `${name}: the approval ${why}`);
  if (approval.caseId !== caseId) throw not('is of another case');
  if (termsName !== on) throw not(`is of ${termsName ?? 'no terms'}, not of ${on}`);
  if (verdict !== (person ? 'approved' : 'allow')) throw not(`says ${verdict}`);
  if (!fresh) throw not('rests on facts that are out of date');
  if (person && !person.enough) throw not('was not given by as many different people as it takes');
  if (person && !person.active) throw not(`was given by ${person.by}, and who stands behind it is no longer active`);
  if (person && !person.within) throw not(`was given by ${person.by}, and is more than a limit of authority allows`);
  if (person && !person.member) throw not(`was given by ${person.by}, who no longer has the role`);
  if (person?.requester) throw not('was given by the one who asked');
  if (person?.about) throw not('was given by the one whom the case is about');
  if (person?.another) throw not('was given by one who had approved what another person must');
  const policies = [handoffs[person?.handoff ?? '']?.ruledAgainBy ?? []].flat();
  if (person?.amended && !policies.some((policy) => person.ruledAgainBy.includes(policy)))
    throw refuse('amendment-not-ruled', `${name}: the amended terms were not ruled on again`);
}

/** Every field that the write and the approved terms share is equal; what nobody approved is declared. */
function covers(terms: Record<string, unknown>, action: Action, { name, of, input }: Write): void {
  const not = (why: string) => refuse('approval-invalid', `${name}: ${why}`);
  const line = action.each ? lineOf(terms[action.each], of) : terms;
  if (!line) throw not(`the approved ${action.each} hold no line ${of ?? '(none named)'}`);
  for (const [field, value] of Object.entries(input)) {
    if (field in line ? digest(value) !== digest(line[field]) : !action.alsoTakes?.includes(field)) {
      throw not(`${field} is not what was approved`);
    }
  }
}

function lineOf(lines: unknown, of: string | undefined): Record<string, unknown> | undefined {
  if (!Array.isArray(lines) || of === undefined) return undefined;
  return (lines as Record<string, unknown>[]).find(({ id }) => id === of);
}
