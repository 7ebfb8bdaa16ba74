/** Reads a setting from the environment; one that is wrong ends the process with the sentence that says so. */
export function setting<T>(read: (env: NodeJS.ProcessEnv) => T): T {
  try {
    return read(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
