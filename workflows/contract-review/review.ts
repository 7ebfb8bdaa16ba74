import { isSame, plainName } from '../../rules/canonical.ts';
import { approvedBy } from '../../core/run/approval.ts';
import { partsOf, type TextRef } from '../../core/declare/texts.ts';
import { coverLabels } from './cover.ts';
import {
  coverSuspicionsOf,
  findingsOf,
  isStandard,
  type Judged,
  otherSuspicions,
  outOfPlace,
  type Reading,
  type Suspicion,
  suspicionsOf,
} from './findings.ts';
import { counted, offDraft, offLibrary, positionOf, rewordedIn } from './position.ts';
import type { Desk, Request, S, Terms } from './types.ts';

const desks: readonly Desk[] = ['legal', 'privacy', 'security', 'finance', 'procurement'];

/** Reads a draft against the standard form and the playbook, files what was found, and says who has to agree to what. */
export async function review(request: Request, text: TextRef, round: number, steps: S, today: string) {
  const { assemble, infer, check, act } = steps;
  const { contractId, counterparty, annualValue, currency } = request;
  const draft = text.ref;
  const ofContract = { contractId, counterparty, round, draft };

  const { contract, forms } = await assemble({ contract: { contractId }, forms: {} });
  const { wordings, ...read } = await readDraft(text, forms, steps);
  const { form, comparison, outline, parts } = read;
  const isRead = comparison && isStandard(comparison); // by code, word for word
  const isSure = isRead || [outline, ...parts].every(({ confident }) => confident);
  const reading = isSure ? ('sure' as const) : ('unsure' as const);

  const judge = async (suspicion: Suspicion): Promise<Judged> => {
    if (suspicion.by === 'playbook') {
      const { verdict, rule, outputs } = await check.playbook(suspicion.facts, ofContract);
      return { suspicion, severity: verdict, owner: outputs.owner, deviation: rule, expectedIn: outputs.clause };
    }
    const { verdict, outputs } = await check.coverPage(suspicion.facts, ofContract);
    return { suspicion, severity: verdict, owner: outputs.owner, deviation: outputs.deviation, expectedIn: 'cover' };
  };
  const suspicions = [
    ...suspicionsOf(read),
    ...coverSuspicionsOf(read, request, today),
    ...otherSuspicions(read, request, contract),
  ];
  const judged = await Promise.all(suspicions.map(judge));
  const more = await Promise.all(outOfPlace(form, judged).map(judge));
  const found = findingsOf([...judged, ...more]);
  const findings = found.map(({ finding }) => finding);

  const fitting = wordings.filter(({ deviation }) => findings.some((finding) => finding.deviation === deviation));
  const chosen =
    fitting.length > 0
      ? (await infer.wordings({ findings: findings.map(quotable), library: fitting })).answer.chosen
      : [];
  const reworded = rewordedIn(form, found);
  const position = positionOf(request, draft, round, findings, wordings, chosen, reworded);

  /** Ruled on as it is proposed, and again as people changed it. */
  const proceed = (terms: Terms<'position'>) => {
    const off = {
      offLibrary: offLibrary(terms.redlines, findings, wordings),
      offDraft: offDraft(terms.wordings, reworded),
    };
    return check.proceeding({ reading, currency, annualValue, ...counted(findings), ...off }, terms);
  };
  const ruling = await proceed(position);
  const decision = ruling.verdict;

  const same = contract !== null && isSame(plainName, contract.counterparty, counterparty);
  const party = same ? contract.counterparty : counterparty;
  const reviewed = { ...ofContract, counterparty: party, form, decision, findings };
  const filed = await check.filing({ sameParty: contract === null || same }, reviewed);
  if (filed.verdict === 'allow') await act.storeReview(reviewed, approvedBy(filed));

  const isAsked = async (desk: Desk) => {
    const owned = findings.filter(({ owner }) => owner === desk).length;
    const asked = await check.approvers({ desk, owned, annualValue, currency, reading, decision }, ofContract);
    return asked.verdict === 'asked';
  };
  const asks = decision === 'allow' ? [] : await Promise.all(desks.map(isAsked));
  const { text: _, cover: __, ...about } = request;
  const packet = { request: about, draft, form, decision, rule: ruling.rule, reading, findings, round };
  return { ruling, position, findings, packet, proceed, approvers: desks.filter((_desk, index) => asks[index]) };
}

/** Code compares the draft with the form that it follows; a model is asked what the differences are, where there are any. */
async function readDraft(text: TextRef, forms: { formId: string; title: string }[], { assemble, infer }: S) {
  const outline = await infer.outline({ text: partsOf(text)[0]!, forms });
  const formId = outline.answer.form;
  const { standard, wordings } = await assemble({ standard: { formId }, wordings: { formId } });
  const { text: against, title } = standard;
  const form = against ? standard.formId : 'other';
  const of = (standardText: TextRef) =>
    assemble({
      comparison: {
        ...{ draft: text, standard: standardText, title, labels: Object.keys(coverLabels) },
        wordings: wordings.map(({ clause, text: words }) => ({ clause, text: words })),
      },
    });
  const comparison = against ? (await of(against)).comparison : undefined;
  const asked = comparison && isStandard(comparison) ? [] : partsOf(text);
  const parts = await Promise.all(asked.map((part) => infer.clauses({ text: part, form, standard: against })));
  return { form, outline, comparison, parts, wordings } satisfies Reading & { wordings: unknown };
}

const quotable = <F extends { id: string; deviation: string; clause: string; quote: string | null }>(finding: F) => {
  const { id, deviation, clause, quote } = finding;
  return { id, deviation, clause, quote };
};
