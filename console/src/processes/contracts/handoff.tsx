import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { useSpans } from '../use-spans.ts';
import { ContractCard, type Term } from './contract-card.tsx';
import type { OfStep } from './contracts.tsx';
import { Fields } from './fields.tsx';
import { texts } from './texts.ts';
import { type Named, Queue, useNames } from './use-names.tsx';

/** Whose turn it is, until when, what they are shown, and what they may do. */
export function HandoffContract({ process, contracts, name }: OfStep) {
  const say = useTexts(texts);
  const words = useWords();
  const spans = useSpans();
  const owner = useOwner(process);
  const deciding = useDeciding(process);
  const handoff = contracts.handoffs[name]!;
  const pauses = handoff.pausesWhile.map((one) =>
    one === 'asked' ? say('pauses.asked') : say('pauses.event', { name: words.of(process, 'events', one) }),
  );
  const terms: Term[] = [
    [say('owner'), owner(handoff)],
    [say('answer'), spans(handoff.answerWithin)],
    [say('escalates'), <Queue key="to" name={handoff.escalateTo} />],
    [say('expires'), spans(handoff.expiresAfter)],
    ...(pauses.length > 0 ? [[say('pauses'), pauses.join(', ')] as const] : []),
    ...deciding(handoff),
  ];
  return (
    <ContractCard title={words.of(process, 'handoffs', name)} name={name} terms={terms}>
      <Fields process={process} title={say('fields.packet')} of={handoff.packet} />
    </ContractCard>
  );
}

type Handoff = Named<'handoffs'>;

function useOwner(process: string) {
  const say = useTexts(texts);
  const words = useWords();
  const names = useNames(process);
  return ({ owner, among }: Handoff) => {
    const [, by, what = ''] = /^by (ruling|record|request): (.*)$/.exec(owner) ?? [];
    if (by === undefined) return <Queue name={owner} />;
    if (by === 'ruling') return say('by-ruling', { among: among.map(names.queue).join(', ') });
    if (by === 'request') return say('by-request', { field: names.field(what) });
    const [source = '', field = ''] = what.split('.');
    return say('by-record', { field: names.field(field), source: words.of(process, 'sources', source) });
  };
}

/** What holds of the answer. What a contract leaves open is not said. */
function useDeciding(process: string) {
  const say = useTexts(texts);
  const names = useNames(process);
  const spans = useSpans();
  const some = (label: string, of: readonly string[], value: string): Term[] => (of.length > 0 ? [[label, value]] : []);
  return (handoff: Handoff): Term[] => {
    const { on, mayAmend, ruledAgainBy, approvals, limitedBy, reasonFor, notBy, drafts, whenUnsure, asks } = handoff;
    const reasons = reasonFor.map((one) => say(`reason.${one as 'approved' | 'rejected' | 'amended'}`));
    const asked = { span: spans(asks.within), who: asks.to.map(names.queue).join(', ') };
    return [
      [say('on'), on === null ? say('on.nothing') : names.terms(on)],
      ...some(say('may-amend'), mayAmend, names.fields(mayAmend)),
      ...some(say('ruled-again'), ruledAgainBy, names.policies(ruledAgainBy)),
      ...(on === null ? [] : [[say('approvals'), say('approvals', { count: approvals })] as const]),
      ...(limitedBy === null ? [] : [[say('limit'), say('limit.value', { field: names.field(limitedBy) })] as const]),
      ...some(say('reasons'), reasons, reasons.join(', ')),
      ...some(say('not-by'), notBy, names.handoffs(notBy)),
      ...(whenUnsure === null
        ? []
        : [[say('unsure'), say(`unsure.${whenUnsure}`, { fields: names.fields(drafts) })] as const]),
      [say('asks'), say(asks.to.length > 0 ? 'asks.some' : 'asks.anyone', asked)],
      ...reworked(handoff.rework),
    ];
  };

  function reworked(rework: Handoff['rework']): Term[] {
    if (!rework) return [];
    const { atMost: count, to, within, then } = rework;
    const places = { count, then: say(`then.${then}`) };
    return to === null || within === null
      ? [[say('rework'), say('rework.plain', places)]]
      : [[say('rework'), say('rework.to', { ...places, to: names.queue(to), span: spans(within) })]];
  }
}
