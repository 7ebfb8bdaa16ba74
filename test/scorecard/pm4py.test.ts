import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { spawnTied } from '../../scripts/embedded/tied-process.ts';
import { pythonPackagesOrSkip } from '../python-packages.ts';
import { everyCase, seededWorld } from './seeded-world.ts';

/** What pm4py finds in both files, as a line of JSON. Medians by nearest rank, in milliseconds. */
const program = `
import json, math, sys
import pm4py
def median(values):
    ordered = sorted(values)
    return round(ordered[math.ceil(len(ordered) / 2) - 1] * 1000) if ordered else None
ocel = pm4py.read_ocel2_json(sys.argv[1])
log = pm4py.read_xes(sys.argv[2])
ends = log[log["concept:name"] == "case closed"]
took = (log["time:timestamp"] - log["start_timestamp"]).dt.total_seconds()
closed = log[log["case:concept:name"].isin(ends["case:concept:name"])]
whole = pm4py.filter_between(closed, "case opened", "case closed")
print("found " + json.dumps({
    "cases": {"ocel": int((ocel.objects["ocel:type"] == "case").sum()), "xes": int(log["case:concept:name"].nunique())},
    "closed": {"ocel": int((ocel.events["ocel:activity"] == "case closed").sum()), "xes": len(ends)},
    "activities": {"ocel": ocel.events["ocel:activity"].value_counts().to_dict(), "xes": log["concept:name"].value_counts().to_dict()},
    "cycle": median(pm4py.get_all_case_durations(whole)),
    "took": {name: median(its) for name, its in took.groupby(log["concept:name"])},
    "outcomes": ends["outcome"].value_counts().to_dict(),
    "flows": len(pm4py.discover_ocdfg(ocel)["activities"]),
}))
`;

interface Found {
  cases: Record<string, number>;
  closed: Record<string, number>;
  activities: Record<'ocel' | 'xes', Record<string, number>>;
  cycle: number;
  took: Record<string, number>;
  outcomes: Record<string, number>;
  flows: number;
}

interface Figure {
  of: Record<string, string>;
  value: number;
  count: number;
}

describe('pm4py, which others wrote', function () {
  this.timeout(180_000);
  let seeded: Awaited<ReturnType<typeof seededWorld>>;
  let files: string;
  let found: Found;
  let figures: Map<string, Figure[]>;

  before(async function () {
    const packages = await pythonPackagesOrSkip(this, 'pm4py-2.7.23.11', ['pm4py==2.7.23.11']);
    this.timeout(180_000);
    seeded = await seededWorld(450);
    files = await mkdtemp(path.join(os.tmpdir(), 'baton-mining-'));
    const get = (route: string) => seeded.here.call('GET', `/scorecard${route}`, { as: 'ada' });
    const [ocel, xes] = ['cases.json', 'cases.xes'].map((name) => path.join(files, name)) as [string, string];
    await writeFile(ocel, (await get(`/events?${everyCase}&format=ocel`)).text);
    await writeFile(xes, (await get(`/events?${everyCase}&format=xes`)).text);
    const { measures } = (await get(`?${everyCase}`)).body as { measures: { name: string; figures: Figure[] }[] };
    figures = new Map(measures.map((one) => [one.name, one.figures]));
    const lines: string[] = [];
    const { exited } = await spawnTied('python3', ['-c', program, ocel, xes], {
      env: { ...process.env, PYTHONPATH: packages },
      onLine: (line) => lines.push(line),
    });
    assert.equal(await exited, 0, lines.slice(-8).join('\n'));
    found = JSON.parse(lines.find((line) => line.startsWith('found '))!.slice('found '.length)) as Found;
  });
  after(async () => {
    await seeded?.close();
    if (files) await rm(files, { recursive: true });
  });

  const figuresOf = (name: string) => figures.get(name)!;

  it("finds the scorecard's cases and their outcomes", () => {
    const [started, closed] = [figuresOf('started')[0]!.value, figuresOf('closed')[0]!.value];
    assert.deepEqual(found.cases, { ocel: started, xes: started });
    assert.deepEqual(found.closed, { ocel: closed, xes: closed });
    assert.ok(started > closed && closed > 400);
    const outcomes: Record<string, number> = {};
    for (const { of, value } of figuresOf('outcomes'))
      outcomes[of['outcome']!] = (outcomes[of['outcome']!] ?? 0) + value;
    assert.deepEqual(sorted(found.outcomes), sorted(outcomes));
  });

  it("finds the scorecard's steps, as often as it counts them", async () => {
    assert.deepEqual(sorted(found.activities.ocel), sorted(found.activities.xes));
    assert.equal(found.flows, Object.keys(found.activities.ocel).length);
    let compared = 0;
    for (const name of ['step-latency-p50', 'stage-time-p50'])
      for (const { of, count } of figuresOf(name)) {
        assert.equal(found.activities.xes[`${of['kind']} ${of['step']}`] ?? 0, count, `${of['kind']} ${of['step']}`);
        compared += 1;
      }
    assert.ok(compared > 50, String(compared));
  });

  it("finds the scorecard's median times: of cases exactly, of steps as near as it measures them", () => {
    assert.equal(found.cycle, figuresOf('cycle-time-p50')[0]!.value);
    const stages = figuresOf('stage-time-p50');
    assert.ok(stages.length > 20, String(stages.length));
    for (const { of, value } of [...stages, ...figuresOf('step-latency-p50')]) {
      const exact = found.took[`${of['kind']} ${of['step']}`]!;
      assert.ok(Math.abs(value / exact - 1) <= 0.02, `${of['kind']} ${of['step']}: ${value}, ${exact}`);
    }
  });
});

const sorted = (counts: Record<string, number>) => Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
