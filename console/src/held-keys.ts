/**
 * A browser presses a button again and again while Enter is held: what opens a dialog would confirm it in the same breath. A key that
 * is held presses nothing here; in a text of several lines it repeats as ever.
 */
addEventListener(
  'keydown',
  (event) => {
    if (event.repeat && event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
  },
  { capture: true },
);
