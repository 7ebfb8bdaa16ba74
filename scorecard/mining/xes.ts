import { type Attribute, attributesOf, type CaseEvent, eventsOf, isoOf, type MinedCase } from './case-events.ts';

const extensions = [
  ['Concept', 'concept'],
  ['Lifecycle', 'lifecycle'],
  ['Organizational', 'org'],
  ['Time', 'time'],
].map(
  ([name, prefix]) =>
    `  <extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>`,
);

const head = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
${extensions.join('\n')}
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <string key="lifecycle:transition" value="complete"/>
    <string key="org:resource" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
`;

/** An event log by IEEE 1849-2016, XES, as pieces of its XML: each case a trace. */
export async function* xesOf(cases: () => AsyncIterable<readonly MinedCase[]>): AsyncGenerator<string> {
  yield head;
  for await (const page of cases()) yield page.map(traceOf).join('');
  yield '</log>\n';
}

const ofTrace = (['concept:name', 'process', 'version', 'outcome', 'cause'] as const).map((name) => ({
  ...{ name, type: 'string' as const },
}));

function traceOf(one: MinedCase): string {
  const { caseId, process, version, outcome, cause } = one;
  const attributes = attributesOf(ofTrace, { 'concept:name': caseId, process, version, outcome, cause });
  const events = eventsOf(one).map(
    (event) => `    <event>\n${shown(standard(event).concat(event.attributes), 6)}    </event>\n`,
  );
  return `  <trace>\n${shown(attributes, 4)}${events.join('')}  </trace>\n`;
}

/** What the extensions name; all else keeps the name it has. */
const standard = ({ id, activity, at, resource }: CaseEvent): Attribute[] => [
  { name: 'concept:name', type: 'string', value: activity },
  { name: 'concept:instance', type: 'string', value: id },
  { name: 'lifecycle:transition', type: 'string', value: 'complete' },
  { name: 'org:resource', type: 'string', value: resource },
  { name: 'time:timestamp', type: 'time', value: isoOf(at) },
];

const tags = { string: 'string', integer: 'int', time: 'date' };

const shown = (attributes: readonly Attribute[], indent: number): string =>
  attributes
    .map(({ name, type, value }) => `${' '.repeat(indent)}<${tags[type]} key="${name}" value="${escaped(value)}"/>\n`)
    .join('');

/** No XML 1.0 can hold these, not even as a reference. */
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replaceAll(forbidden, '\uFFFD')
    .replaceAll(/[&<>"\t\n\r]/g, (one) => `&#${one.codePointAt(0)};`);
