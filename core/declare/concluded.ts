/** The event that a case gets when one that it opened closes. Nobody else may send an event of this name. */
export const concludedEvent = 'concluded';
