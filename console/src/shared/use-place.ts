import { useParams } from 'wouter';

/** What stands in a place of the path; ids hold signs that paths must encode. */
export const usePlace = (name: string): string => decodeURIComponent(useParams()[name] ?? '');
