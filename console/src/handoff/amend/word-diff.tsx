import { diffWordsWithSpace } from 'diff';
import classes from './word-diff.module.css';

/** Two texts in one: what goes is struck out, what comes is underlined. */
export const WordDiff = ({ before, after }: { before: string; after: string }) => (
  <div className={classes['diff']}>
    {diffWordsWithSpace(before, after).map(({ value, added, removed }, index) =>
      added ? (
        <ins key={index}>{value}</ins>
      ) : removed ? (
        <del key={index}>{value}</del>
      ) : (
        <span key={index}>{value}</span>
      ),
    )}
  </div>
);
