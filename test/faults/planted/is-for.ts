/** Whether a bug is in writes of this operation. */
export type IsFor = (operation: string) => boolean;
