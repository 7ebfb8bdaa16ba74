import { supervision, supervisionTimes, supervisorOf } from '../core/declare/autonomy.ts';
import type { Activities } from '../core/run/activities.ts';
import { approvedBy, beforeWrite } from '../store/rulings.ts';
import { holdToApproval, referencesIn } from './approvals.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse } from './failures.ts';
import { askOwner } from './handoffs.ts';

/** Asks the supervising queue to approve what was approved, on its terms and by what the store holds of it. */
export const openSupervision =
  (deps: Dependencies): Activities['openSupervision'] =>
  async ({ caseId, process, name, key, of, input: given, approval }) => {
    const definition = definitionOf(deps, process);
    const action = declared(definition.actions, name, 'action');
    const input = parse(action.input, given, 'input-invalid');
    const references = referencesIn(approval);
    const { approvals } = await beforeWrite(deps.pool, key, references, supervisorOf(definition));
    holdToApproval(approvals, definition, { caseId, name, of, input, approval });
    const onTheseTerms = Object.entries(definition.actions).filter(([, { on }]) => on === action.on);
    return askOwner(deps, {
      ...{ id: key, caseId, process, name: supervision, owner: supervisorOf(definition), escalateTo: definition.owner },
      packet: {
        ...{ action: name, operation: action.does, of, input },
        approvedBy: await approvedBy(deps.pool, references),
        alsoCovers: onTheseTerms.map(([other]) => other).filter((other) => other !== name),
      },
      termsName: action.on,
      terms: approvals[0]!.terms,
      ...supervisionTimes,
    });
  };
