/** UNTDID 1001, as EN 16931 takes them: documents whose amounts are above zero and take away. */
const creditNotes: ReadonlySet<string> = new Set('81 83 261 262 296 308 381 396 420 458 502 503 532'.split(' '));

export const isCreditNoteCode = (typeCode: string): boolean => creditNotes.has(typeCode.trim().replace(/^0+/, ''));
