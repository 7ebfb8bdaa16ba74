import type { Content } from '../content.ts';

/** Texts of a card are a kind of Markdown. */
const escaped = (text: string) => text.replaceAll(/[\\`*_{}[\]<>()#+!|~]/g, String.raw`\$&`);

/** As an Adaptive Card, in the envelope that an incoming webhook of Teams takes. */
export const teamsCard = ({ language, subject, text, facts, open }: Content) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        lang: language,
        body: [
          { type: 'TextBlock', text: escaped(subject), weight: 'Bolder', size: 'Medium', wrap: true },
          { type: 'TextBlock', text: escaped(text), wrap: true },
          { type: 'FactSet', facts: facts.map(([title, value]) => ({ title: escaped(title), value: escaped(value) })) },
        ],
        actions: [{ type: 'Action.OpenUrl', title: open.label, url: open.link }],
      },
    },
  ],
});
