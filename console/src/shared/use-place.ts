import { useParams } from 'wouter';

/**
 * What stands in the last place of the path; ids hold signs that paths must encode. Read from the path itself: the router has decoded
 * its own copy once, and to decode that again would take the signs that an id encodes itself.
 */
export const usePlace = (name: string): string =>
  useParams()[name] === undefined ? '' : decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
