import { useParams } from 'wouter';

/**
 * What stands in the last place of the path; ids hold signs that paths must encode. Read from the path itself: the router has decoded
 * its own copy once, and to decode that again would take the signs that an id encodes itself.
 */
export const usePlace = (name: string): string =>
  useParams()[name] === undefined ? '' : decoded(location.pathname.split('/').at(-1) ?? '');

/** As it stands where it cannot be read: the API knows nothing by that name. */
function decoded(place: string): string {
  try {
    return decodeURIComponent(place);
  } catch {
    return place;
  }
}
