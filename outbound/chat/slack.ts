import type { Content } from '../content.ts';

/** Slack reads these three signs as the beginning of a link, a mention or a command, whatever follows. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

/** As Block Kit: plain text, and one button that opens the link. */
export const slackCard = ({ subject, text, facts, open }: Content) => ({
  text: escaped(subject),
  unfurl_links: false,
  unfurl_media: false,
  blocks: [
    { type: 'header', text: plain(subject.slice(0, 150)) },
    { type: 'section', text: plain(text) },
    { type: 'section', fields: facts.map(([label, value]) => plain(`${label}: ${value}`)) },
    { type: 'actions', elements: [{ type: 'button', text: plain(open.label), url: open.link }] },
  ],
});
