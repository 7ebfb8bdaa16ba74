export const mediaType = (contentType = ''): string => contentType.split(';')[0]!.trim().toLowerCase();

/** `json`, and every format built on it (RFC 6839). */
export const isJsonType = (type: string): boolean => /^[^/\s]+\/(?:[^/\s]+\+)?json$/.test(type);

/** Whether a content type names no other encoding than UTF-8. */
export function isUtf8(contentType = ''): boolean {
  const parameters = contentType.toLowerCase().split(';').slice(1);
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || /^charset="?utf-8"?$/.test(charset);
}

export const xmlTypes = ['application/xml', 'text/xml'];

/** Whether a header `Accept` asks for one of these and for neither JSON nor anything: JSON where both would do. */
export const isAskedFor = (types: readonly string[], accept = ''): boolean => {
  const asked = accept.split(',').map(mediaType);
  return types.some((type) => asked.includes(type)) && !asked.some((type) => type === '*/*' || isJsonType(type));
};
