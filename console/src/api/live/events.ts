/** Reads server-sent events until the answer ends. `told` gets each event's name and its data; a remark has neither. */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  told: (event?: string, data?: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
      if (event) told(event, JSON.parse(data!));
      else told();
    }
  }
}
