import { redactedMark, type Redact } from './redact.js';

/** An option whose value is the next argument. */
const option = /^--?[a-z0-9-]*(?:password|passwd|passphrase|secret|token|key|credentials?)$/i;

/** One whose value is `user:password`, where `user` is no secret. */
const userOption = /^(?:-u|-U|--user|--proxy-user)$/;

/**
 * The same data with secrets taken out of all of its texts. Names of fields stay, and whatever has no secret in it is the same object.
 * Takes plain data only, such as a report.
 */
export const redactTexts = <T>(data: T, redact: Redact): T => textsOf(data, redact) as T;

const textsOf = (data: unknown, redact: Redact): unknown => {
  if (typeof data === 'string') return redact(data);
  if (Array.isArray(data)) {
    const all: readonly unknown[] = data;
    const items = all.map((item, index) => {
      const before = all[index - 1];
      const isValue = typeof item === 'string' && typeof before === 'string' && option.test(before);
      if (isValue) return redactedMark;
      const isUser = typeof item === 'string' && typeof before === 'string' && userOption.test(before);
      return isUser ? redact(item.replace(/(?<=^[^:]+:)[^]+$/, redactedMark)) : textsOf(item, redact);
    });
    return items.every((item, index) => item === all[index]) ? data : items;
  }
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, value, textsOf(value, redact)] as const);
  return entries.every(([, before, after]) => before === after)
    ? data
    : Object.fromEntries(entries.map(([key, , after]) => [key, after]));
};
