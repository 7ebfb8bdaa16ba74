import {
  type Attribute,
  attributesOf,
  type CaseEvent,
  eventAttributes,
  eventsOf,
  isOfPeople,
  isoOf,
  type MinedCase,
  type MinedStep,
} from './case-events.ts';

interface Relationship {
  objectId: string;
  qualifier: string;
}

interface ObjectOfLog {
  id: string;
  type: string;
  attributes: (Pick<Attribute, 'name' | 'value'> & { time: string })[];
  relationships: Relationship[];
}

const ofCase = (['process', 'version', 'outcome', 'cause'] as const).map((name) => ({ name, type: 'string' as const }));
const ofEvent = [{ name: 'resource', type: 'string' as const }, ...eventAttributes];
const ofStep = [{ name: 'name', type: 'string' as const }];

/** Steps that are objects of their own: other events may be about them, too. */
const stepObjects = ['handoff', 'task', 'action', 'compensation'];
const objectTypes = [
  { name: 'case', attributes: ofCase },
  ...stepObjects.map((name) => ({ name, attributes: ofStep })),
  ...['system', 'queue'].map((name) => ({ name, attributes: [] })),
];

/**
 * An object-centric event log, OCEL 2.0, as pieces of its JSON. `cases` answers the same pages of cases each time: objects and events
 * are lists of their own.
 */
export async function* ocelOf(cases: () => AsyncIterable<readonly MinedCase[]>): AsyncGenerator<string> {
  const [known, activities] = [new Set<string>(), new Set<string>()];
  const isNew = ({ id }: ObjectOfLog) => !known.has(id) && known.add(id);
  yield `{"objectTypes":${JSON.stringify(objectTypes)},\n"objects":[`;
  yield* listed(cases(), (one) => {
    const events = eventsOf(one);
    for (const { activity } of events) activities.add(activity);
    return [caseObject(one), ...events.flatMap((event) => [...stepObject(one, event), ...shared(event).filter(isNew)])];
  });
  const eventTypes = [...activities].sort().map((name) => ({ name, attributes: ofEvent }));
  yield `],\n"eventTypes":${JSON.stringify(eventTypes)},\n"events":[`;
  yield* listed(cases(), (one) => eventsOf(one).map((event) => shownEvent(one, event)));
  yield ']}\n';
}

async function* listed(
  pages: AsyncIterable<readonly MinedCase[]>,
  itemsOf: (one: MinedCase) => object[],
): AsyncGenerator<string> {
  let between = '';
  for await (const page of pages) {
    yield (
      between +
      page
        .flatMap(itemsOf)
        .map((item) => JSON.stringify(item))
        .join(',\n')
    );
    between = ',\n';
  }
}

const dated = (attributes: readonly Attribute[], at: number) =>
  attributes.map(({ name, value }) => ({ name, value, time: isoOf(at) }));

function caseObject({ caseId, openedAt, closedAt, ...one }: MinedCase): ObjectOfLog {
  const { process, version, outcome, cause } = one;
  return {
    ...{ id: caseId, type: 'case' },
    attributes: [
      ...dated(attributesOf(ofCase, { process, version }), openedAt),
      ...(closedAt === null ? [] : dated(attributesOf(ofCase, { outcome, cause }), closedAt)),
    ],
    relationships: [],
  };
}

const isObject = (step: MinedStep | undefined): step is MinedStep => stepObjects.includes(step?.kind ?? '');

/** An action and its event have one id: OCEL tells events and objects apart. */
function stepObject({ caseId }: MinedCase, event: CaseEvent): ObjectOfLog[] {
  const { step, id } = event;
  if (!isObject(step)) return [];
  const attributes = dated(attributesOf(ofStep, { name: step.name }), step.beganAt);
  return [
    { id, type: step.kind, attributes, relationships: [{ objectId: caseId, qualifier: 'of' }, ...called(event)] },
  ];
}

/** Systems and queues, which many cases have in common. */
const shared = (event: CaseEvent): ObjectOfLog[] =>
  called(event).map(({ objectId }) => ({
    ...{ id: objectId, type: objectId.split(':', 1)[0]!, attributes: [], relationships: [] },
  }));

function called({ step }: CaseEvent): Relationship[] {
  if (!step) return [];
  const { system, owner } = step;
  return [
    ...(system === null ? [] : [{ objectId: `system:${system}`, qualifier: 'called' }]),
    ...(isOfPeople(step) && owner !== null ? [{ objectId: `queue:${owner}`, qualifier: 'asked' }] : []),
  ];
}

const shownEvent = ({ caseId }: MinedCase, event: CaseEvent) => ({
  ...{ id: event.id, type: event.activity, time: isoOf(event.at) },
  attributes: [
    { name: 'resource', value: event.resource },
    ...event.attributes.map(({ name, value }) => ({ name, value })),
  ],
  relationships: [
    { objectId: caseId, qualifier: 'of' },
    ...(isObject(event.step) ? [{ objectId: event.id, qualifier: 'about' }] : []),
    ...called(event),
  ],
});
