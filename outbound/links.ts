/** As part of a path: nothing is left that some program takes for markup, for the end of a link or for a direction of writing. */
const encoded = (id: string): string =>
  encodeURIComponent(id).replaceAll(
    /[!'()*~_]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** What links open, below the public URL. They are read with GET, which changes nothing. */
export const pathOf = {
  handoff: (id: string) => `/handoffs/${encoded(id)}`,
  question: (id: string) => `/questions/${encoded(id)}`,
  case: (id: string) => `/cases/${encoded(id)}`,
  queue: (queue: string) => `/handoffs?state=open&owner=${encoded(queue)}`,
  scorecard: ({ process, from, to, zone }: { process?: string; from: Date; to: Date; zone: string }) =>
    `/scorecard?${process === undefined ? '' : `process=${encoded(process)}&`}from=${from.toISOString()}&to=${to.toISOString()}&zone=${encoded(zone)}`,
  ownHandoffs: '/handoffs?state=open',
};

export const linkTo = (publicUrl: string, path: string): string => publicUrl.replace(/\/+$/, '') + path;
