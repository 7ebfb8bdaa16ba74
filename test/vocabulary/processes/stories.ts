import { approvedBy } from '../../../core/run/approval.ts';
import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { partsOf } from '../../../core/declare/texts.ts';
import { allowed, creditOf, packet, type Purchase, type Request, type Story, termsOf, type Verbs } from './credit.ts';
import type { parcel as parcelDefinition } from './definitions.ts';
import { endless } from './endless.ts';
import { reworks } from './reworks.ts';
import { waits } from './waits.ts';

type Parcel = typeof parcelDefinition;

/** Opens a case of the other process, about the same sum. */
async function openParcel({ id, amount, told }: Request, { check, act }: Verbs) {
  const request = { parcelId: `${id}-p`, story: told, orderId: 'O-1', amount, currency: 'EUR' };
  const ruling = await check.opening({ paid: true }, { process: 'parcel', request });
  if (ruling.verdict !== 'allow') throw new Error('what is paid is allowed');
  return act.openParcel(ruling.terms, approvedBy(ruling));
}

const stories: Record<string, Story> = {
  ...waits,
  ...endless,
  ...reworks,

  async 'owner by ruling'(request, { check, handOff, act, conclude }) {
    const terms = termsOf(request);
    const ruling = await check.desk({ amount: request.amount }, terms);
    const { told: dueBy } = request;
    const decision = await handOff.byRuling(packet, terms, { to: ruling, ...(dueBy ? { dueBy } : {}) });
    if (decision.verdict !== 'approved') return conclude.done({ text: decision.because });
    await act.credit(creditOf(terms), decision);
    return conclude.done({ text: `by ${decision.by}` });
  },

  async 'owner by the ruling that is told'(request, { check, handOff, conclude }) {
    const terms = termsOf(request);
    const ruling = await check.desk({ amount: request.amount }, terms);
    const outputs = { owner: 'support-leads' as const };
    const decision = await handOff.byRuling(packet, terms, { to: { ...ruling, id: request.told, outputs } });
    return conclude.done({ text: decision.verdict });
  },

  async 'owner on record'(request, { assemble, handOff, act, conclude }) {
    const [email = '', dueBy] = request.told.split(' ');
    const terms = termsOf(request);
    await assemble({ employee: { email } });
    const decision = await handOff.byRecord(packet, terms, dueBy ? { dueBy } : {});
    if (decision.verdict !== 'approved') return conclude.done({ text: decision.because });
    await act.credit(creditOf(terms), decision);
    return conclude.done({ text: `by ${decision.by}` });
  },

  async 'hands over'(_request, { handOff, conclude }) {
    const taken = await handOff.takeOver(packet);
    return conclude.done({ text: `${taken.verdict} by ${taken.by}` });
  },

  async 'acts on a hand-over'(request, { handOff, act, conclude }) {
    const taken = await handOff.takeOver(packet);
    await act.credit(creditOf(termsOf(request)), taken as never);
    return conclude.done({ text: 'acted' });
  },

  async 'two people'(request, { handOff, act, conclude }) {
    const terms = termsOf(request);
    const first = await handOff.first(packet, terms);
    const second = await handOff.second(packet, terms);
    if (first.verdict !== 'approved' || second.verdict !== 'approved') return conclude.done({ text: 'refused' });
    await act.credit(creditOf(terms), second);
    return conclude.done({ text: `${first.by} and ${second.by}` });
  },

  async 'two of a queue'(request, { check, handOff, act, conclude }) {
    const terms = termsOf(request);
    const board = await handOff.board(packet, terms);
    if (board.verdict !== 'approved') return conclude.done({ text: `${board.verdict} by ${board.by}` });
    await check.desk({ amount: board.terms.amount }, board.terms);
    await act.credit(creditOf(board.terms), board);
    return conclude.done({ text: `${board.by}: ${board.terms.amount}` });
  },

  async 'two people at once'(request, { handOff, act, conclude }) {
    const terms = termsOf(request);
    const both = await handOff.all({ first: packet, second: packet }, 'purchase', terms);
    if (both.verdict !== 'approved') return conclude.done({ text: 'refused' });
    await act.credit(creditOf(terms), both);
    return conclude.done({ text: both.by });
  },

  async 'two owners, one by ruling'(request, { check, handOff, conclude }) {
    const terms = termsOf(request);
    const to = await check.desk({ amount: request.amount }, terms);
    const dueBy = request.told;
    const both = await handOff.all({ first: packet, byRuling: packet }, 'purchase', terms, { to, dueBy });
    return conclude.done({ text: both.by });
  },

  async 'waits for a recall'({ told }, { receive, conclude }) {
    const recalled = await receive.recalled({ told });
    return conclude.done({ text: recalled?.what ?? 'nothing came' });
  },

  async 'waits for an answer, then for a recall, then for another'({ id, told }, { receive, conclude }, { now }) {
    await receive.answer({ id });
    const first = await receive.recalled({ told });
    const second = await receive.recalled({ told }, { until: now() });
    return conclude.done({ text: `${first?.what}, ${second?.what ?? 'nothing more'}` });
  },

  async 'waits for either until'({ id, told: until }, { receive, conclude }, { caseId }) {
    const first = await receive.first({ answer: { id }, concluded: { caseId } }, { until });
    return conclude.done({ text: first?.name ?? 'nothing came' });
  },

  async 'waits until'({ id, told: until }, { receive, conclude }) {
    const answer = await receive.answer({ id }, until ? { until } : {});
    return conclude.done({ text: answer?.what ?? 'nothing came' });
  },

  async 'reminds and waits on'({ id, told: until }, { receive, conclude }) {
    const soon = await receive.answer({ id }, { until });
    const answer = soon ?? (await receive.answer({ id }));
    return conclude.done({ text: `${soon ? 'at once' : 'reminded'}: ${answer?.what ?? 'nothing came'}` });
  },

  async 'knows who asked'(_request, { conclude }, { requestedBy }) {
    return conclude.done({ text: requestedBy });
  },

  async 'tells the time'({ id }, { receive, conclude }, { caseId, openedAt, now, today }) {
    const [then, day] = [now(), today()];
    await receive.answer({ id }, { until: now() });
    return conclude.done({ text: JSON.stringify({ caseId, openedAt, then, day, later: now() }) });
  },

  async 'takes one write back'(request, steps) {
    const { act, compensate, conclude } = steps;
    const credit = creditOf(termsOf(request));
    await act.credit(credit, await allowed(request, steps));
    await act.credit(credit, await allowed(request, steps));
    await compensate.credit('the second was one too many');
    await act.tell({ requestId: request.id, reply: 'One is left.' }, await allowed(request, steps));
    await act.credit(credit, await allowed(request, steps));
    return conclude.done({ text: 'written again' });
  },

  async 'takes one line back'(request, steps) {
    const { act, compensate, conclude } = steps;
    const approval = await allowed(request, steps);
    for (const { id, ...line } of approval.terms.lines) await act.creditLine(line, approval, { of: id });
    const first = await compensate.creditLine('this line alone', { of: 'a' });
    const second = await compensate.creditLine('there is no second', { of: 'a' });
    return conclude.done({ text: `${first}, then ${second}` });
  },

  async 'takes back and is taken back'(request, steps) {
    const { act, compensate, conclude } = steps;
    const credit = creditOf(termsOf(request));
    await act.credit(credit, await allowed(request, steps));
    await act.credit(credit, await allowed(request, steps));
    await compensate.credit('one too many');
    await compensate('all of it');
    return conclude.done({ text: 'nothing is left' });
  },

  async 'takes back what is under way'(request, steps) {
    const { act, compensate, conclude } = steps;
    const written = act.credit(creditOf(termsOf(request)), await allowed(request, steps));
    await compensate.credit('at once');
    await written;
    return conclude.done({ text: 'nothing is left' });
  },

  async 'reads a text part by part'({ text }, { infer, conclude }) {
    for (const part of partsOf(text!)) await infer.read({ text: part, remark: `part ${part.part}` });
    return conclude.done({ text: JSON.stringify(text) });
  },

  async 'asks about a remark'({ amount, told, person }, { infer, conclude }) {
    const remark = `${person} (${told}) paid ${amount}; write to ${person}@mail.example or call +47 22 12 34 56`;
    const { evidence } = await infer.read({ remark });
    return conclude.done({ text: evidence.join() });
  },

  async 'waits for a text'({ id }, { receive, infer, conclude }) {
    const answer = await receive.answer({ id });
    await infer.read({ text: answer!.more, remark: '' });
    return conclude.done({ text: JSON.stringify(answer!.more) });
  },

  async 'opens another case'(request, steps) {
    const { caseId } = await openParcel(request, steps);
    const ended = await steps.receive.concluded({ caseId });
    return steps.conclude.done({ text: `${caseId}: ${ended?.outcome} ${JSON.stringify(ended?.result)}` });
  },

  async 'opens another case and takes it back'(request, steps) {
    const { caseId } = await openParcel(request, steps);
    if (request.told === 'is sent') await steps.receive.concluded({ caseId });
    await steps.compensate('it is not needed any more');
    return steps.conclude.done({ text: caseId });
  },

  async 'is worth something'({ amount }, { conclude }) {
    return conclude.done({ text: 'paid' }, { saved: amount });
  },

  async 'is worth nonsense'(_request, { conclude }) {
    return conclude.done({ text: 'paid' }, { saved: -1 });
  },

  async 'is worth nothing'(_request, { conclude }) {
    return conclude.done({ text: 'paid' });
  },
};

export const purchase = defineWorkflow<Purchase>('purchase', (request, steps, itself) =>
  stories[request.story]!(request, steps, itself),
);

export const parcel = defineWorkflow<Parcel>('parcel', async (request, { check, handOff, act, conclude }) => {
  const { story, parcelId: _, ...rest } = request;
  if (story === 'is held') await handOff.release({ why: 'it is held' });
  if (story === 'is lost') return conclude.lost({});
  const { orderId, amount, currency } = rest;
  const ruling = await check.sending({ paid: true }, request);
  if (ruling.verdict === 'allow') await act.credit({ orderId, amount, currency }, approvedBy(ruling));
  return conclude.delivered({ note: 'left at the door' });
});
