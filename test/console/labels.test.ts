import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { readWords } from '../../api/words.ts';
import { causes } from '../../scorecard/attribution.ts';
import { measures } from '../../scorecard/measures/index.ts';
import { labelsOf } from '../../scorecard/measures/measure.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';
import { systems } from '../../systems/index.ts';

type Of = Record<string, string>;
interface Labels {
  labelInWords(of: Of, label: string, speaker: object): string;
}

const refund: ProcessDefinition = definitions.refund;
const names = (of: object) => Object.keys(of);
const policy = names(refund.policies)[0]!;
const inference = names(refund.inferences)[0]!;

/** Values that each label may have, each with those beside it. */
const values: Record<string, Of[]> = {
  answer: ['confident', 'unsure', 'fell-back'].map((answer) => ({ answer })),
  because: [
    'The system took it back; by our record it is done',
    'By our record it was done; the system knows nothing of it',
    'By our record it was taken back; the system applied it and did not take it back',
  ].map((because) => ({ because })),
  breach: ['stale', 'shape'].map((breach) => ({ breach })),
  cause: causes.map((cause) => ({ cause })),
  confidence: [{ confidence: '0.9 to 1' }],
  currency: [],
  error: [{ error: 'unavailable' }, { error: 'unusable' }, { error: 'input-invalid' }],
  field: [
    { field: `fact:${policy}.amountInAll` },
    { field: `answer:${inference}.supported` },
    { field: `confidence:${inference}` },
    { field: '/payouts/0/amount' },
  ],
  handoff: names(refund.handoffs).map((handoff) => ({ handoff })),
  impact: [{ impact: 'refunded', currency: 'XXX' }],
  inference: names(refund.inferences).map((one) => ({ inference: one })),
  kind: ['read', 'inference', 'action', 'handoff', 'event'].map((kind) => ({ kind })),
  outcome: [...names(refund.outcomes), 'failed', 'cancelled'].map((outcome) => ({ outcome })),
  owner: [{ owner: 'support-leads' }, { owner: 'a person' }],
  process: [{ process: 'refund' }],
  rule: [{ rule: `${policy}/unknown-order` }],
  source: names(refund.context).map((source) => ({ source })),
  stage: ['waiting', 'at-risk', 'escalated'].map((stage) => ({ stage })),
  step: [
    ...names(refund.inferences).map((step) => ({ step })),
    ...names(refund.actions).map((step) => ({ step, kind: 'action' })),
    { step: 'its workflow' },
    { step: 'write payCustomer' },
  ],
  system: names(systems).map((system) => ({ system })),
  version: [{ version: 'unversioned' }],
};
/** Names of their own: of people, builds of the code, and Temporal's task queues. */
const asTheyAre = ['person', 'build', 'queue'];

describe('A label of the scorecard', function () {
  this.timeout(60_000);
  let server: ViteDevServer;
  let labels: Labels;
  let wordsOf: (words: object) => object;
  let texts: Record<string, Record<string, string>>;
  before(async () => {
    const root = fileURLToPath(new URL('../../console', import.meta.url));
    server = await createServer({
      ...{ root, configFile: `${root}/vite.config.ts`, logLevel: 'warn', appType: 'custom' },
      ...{ server: { middlewareMode: true, hmr: false, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } },
    });
    labels = (await server.ssrLoadModule('/src/scorecard/labels.ts')) as Labels;
    ({ wordsOf } = (await server.ssrLoadModule('/src/language/words.ts')) as { wordsOf: typeof wordsOf });
    ({ texts } = (await server.ssrLoadModule('/src/scorecard/texts.ts')) as { texts: typeof texts });
  });
  after(() => server?.close());

  it('is one of which it is known how it is said', () => {
    const all = [...new Set(measures.flatMap(labelsOf))].filter((label) => !asTheyAre.includes(label));
    assert.deepEqual(all.toSorted(), Object.keys(values).toSorted());
  });

  for (const language of ['en', 'de'] as const)
    it(`is said in words, and never as it is stored: ${language}`, () => {
      const words = wordsOf({ ...readWords(definitions)[language], language });
      const say = (name: string, places: Of = {}) => {
        const text = texts[language]![name];
        assert.ok(text, name);
        return text.replaceAll(/\{(\w+)\}/g, (_, place: string) => places[place]!);
      };
      for (const process of ['refund', undefined])
        for (const [label, all] of Object.entries(values))
          for (const of of all) {
            const said = labels.labelInWords(of, label, { words, say, language, process });
            assert.doesNotMatch(
              said,
              /[a-z][A-Z]|[a-z]-[a-z]+$|^[a-z]|\/|undefined|unversioned/,
              `${label} ${of[label]}`,
            );
            if (label !== 'because') assert.notEqual(said, of[label], label);
            if (language === 'de') assert.doesNotMatch(said, /\b(the|by our|unavailable|unusable|to)\b/i, said);
          }
    });

  it('is said for a step that failed as the record says it, and for what several processes have as each of them calls it', () => {
    const words = wordsOf({ ...readWords(definitions).de, language: 'de' });
    const speaker = { words, say: String, language: 'de', process: undefined };
    const said = (of: Of, label: string) => labels.labelInWords(of, label, speaker);
    assert.equal(said({ kind: 'action', error: 'refused' }, 'error'), 'Schritt vom System abgelehnt');
    assert.equal(said({ handoff: 'repair' }, 'handoff'), 'Daten berichtigen');
    assert.equal(said({ handoff: 'review' }, 'handoff'), 'Abhilfe genehmigen · Erstattung genehmigen');
  });
});
