/**
 * The last lines that a container printed, from its log as the runtime interface has it: `TIME STREAM TAG TEXT`, where the tag `P`
 * says that the line goes on in the next entry of the same stream.
 */
export const lastLogLines = (log: string, count: number): readonly string[] => {
  const lines: string[] = [];
  const begun = new Map<string, string>();
  for (const entry of log.split('\n')) {
    const [, stream = '', tag = '', text = ''] = /^\S+ (stdout|stderr) (\S+) ?(.*)$/.exec(entry) ?? [];
    if (stream === '') continue;
    const line = (begun.get(stream) ?? '') + text;
    if (tag.split(':').includes('P')) {
      begun.set(stream, line);
    } else {
      begun.delete(stream);
      lines.push(line);
    }
  }
  return [...lines, ...begun.values()].slice(-count);
};
