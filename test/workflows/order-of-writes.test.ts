import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { processOfId } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };
const folder = new URL('../histories/', import.meta.url);

/** The names of a recorded case's writes, in their order; one that went on as an ordinary activity is one. */
function writesIn(history: object): string[] {
  const { events = [] } = historyFromJSON(history);
  const types = events!.flatMap(
    ({ activityTaskScheduledEventAttributes: task, markerRecordedEventAttributes: marker }) => {
      const [payload] = marker?.markerName === 'core_local_activity' ? (marker.details?.['data']?.payloads ?? []) : [];
      const local = payload && (JSON.parse(Buffer.from(payload.data!).toString()) as { activity_type: string });
      return local?.activity_type ?? task?.activityType?.name ?? [];
    },
  );
  const writes = types.filter((type) => type.startsWith('performAction ')).map((type) => type.split(' ')[1]!);
  return writes.filter((name, n) => name !== writes[n - 1]);
}

/** Reversible writes that come after an irreversible one on the same terms. */
function outOfOrder({ name, actions }: ProcessDefinition, writes: readonly string[]): string[] {
  return writes.flatMap((late, n) =>
    writes
      .slice(0, n)
      .filter((early) => actions[early]!.irreversible && !actions[late]!.irreversible)
      .filter((early) => actions[early]!.on === actions[late]!.on)
      .map((early) => `${name}: ${early} before ${late}`),
  );
}

describe('what cannot be taken back', () => {
  const recorded = readdirSync(folder).map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const { workflowId, history } = JSON.parse(text) as { workflowId: string; history: object };
    return { definition: definitions[processOfId(workflowId)]!, writes: writesIn(history) };
  });

  it('comes last among what is written on one approval, in every recorded case', () => {
    assert.deepEqual(
      recorded.flatMap(({ definition, writes }) => outOfOrder(definition, writes)),
      [],
    );
  });

  it('is among what is recorded of each process that has such a write, beside one that can be taken back', () => {
    for (const definition of Object.values(definitions)) {
      const { actions } = definition;
      const done = new Set(recorded.flatMap((one) => (one.definition === definition ? one.writes : [])));
      for (const irreversible of [true, false]) {
        const such = Object.keys(actions).filter((name) => Boolean(actions[name]!.irreversible) === irreversible);
        assert.ok(such.length === 0 || such.some((name) => done.has(name)), `${definition.name}: ${irreversible}`);
      }
    }
  });

  it('is found where it does not', () => {
    const { refund } = definitions;
    assert.deepEqual(outOfOrder(refund!, ['postCreditNote', 'tellCustomer', 'payCustomer']), [
      'refund: tellCustomer before payCustomer',
    ]);
  });
});
