import type { TextRef } from '../../core/declare/texts.ts';
import { approvedBy } from '../../core/run/approval.ts';
import { isSameParty, positionFacts } from './facts.ts';
import { judge } from './findings.ts';
import { isSure, readDraft } from './read-draft.ts';
import { suspicionsOf } from './suspicions.ts';
import { positionOf, reviewOf, rewordedIn } from './terms.ts';
import type { Finding, Packet, Position, Request, Verbs, Wording } from './types.ts';

export type Reviewed = Awaited<ReturnType<typeof review>>;

/** Reads a draft against the standard form and the playbook, files what was found, and rules on what we stand for. */
export async function review(request: Request, text: TextRef, round: number, steps: Verbs, today: string) {
  const { assemble, check, act } = steps;
  const { contractId, counterparty, text: _, cover: __, ...about } = request;
  const draft = { contractId, counterparty, round, draft: text.ref };
  const { contract, forms } = await assemble({ contract: { contractId }, forms: {} });
  const { library, ...read } = await readDraft(text, forms, steps);
  const { form } = read;
  const reading = isSure(read) ? ('sure' as const) : ('unsure' as const);

  const found = await judge(suspicionsOf(read, request, contract, today), form, draft, check);
  const findings = found.map(({ finding }) => finding);
  const reworded = rewordedIn(form, found);
  const chosen = await chooseWordings(findings, library, steps);
  const position = positionOf(draft, request, findings, library, chosen, reworded);

  /** Rules on a position as it is proposed, and again as people changed it. */
  const rule = (terms: Position) =>
    check.proceeding(positionFacts(terms, { reading, findings, library, reworded }), terms);
  const ruling = await rule(position);
  const decision = ruling.verdict;

  const filed = reviewOf(draft, contract, form, decision, findings);
  const filing = await check.filing({ sameParty: contract === null || isSameParty(contract, draft) }, filed);
  if (filing.verdict === 'allow') await act.storeReview(filed, approvedBy(filing));

  const packet: Packet = {
    ...{ request: { contractId, counterparty, ...about }, draft: text.ref, form, round },
    ...{ decision, rule: ruling.rule, reading, findings },
  };
  return { draft, ruling, rule, findings, packet };
}

/** Which of the library's words to ask for is the model's choice; only words for what was found are put to it. */
async function chooseWordings(findings: readonly Finding[], library: readonly Wording[], { infer }: Verbs) {
  const fitting = library.filter(({ deviation }) => findings.some((finding) => finding.deviation === deviation));
  if (fitting.length === 0) return [];
  const shown = findings.map(({ id, deviation, clause, quote }) => ({ id, deviation, clause, quote }));
  return (await infer.wordings({ findings: shown, library: fitting })).answer.chosen;
}
