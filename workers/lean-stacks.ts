// Preloaded into the workflow sandbox. Temporal's SDK takes a stack trace, mapped to its source, at every promise of a
// workflow and keeps it while the promise waits: most of a case's CPU time and memory. Without frames there is little to take.
Error.stackTraceLimit = 0;
