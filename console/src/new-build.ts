const key = 'baton.loaded-anew';
const onceInMs = 60_000;

/**
 * After a new build the files that this page still wants are gone. It is loaded anew then, which loses nothing that was typed; not
 * again and again, where they are not there either.
 */
addEventListener('vite:preloadError', () => {
  if (Date.now() - Number(sessionStorage.getItem(key)) < onceInMs) return;
  sessionStorage.setItem(key, String(Date.now()));
  location.reload();
});
