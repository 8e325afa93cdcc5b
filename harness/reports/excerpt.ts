/** What a person may be expected to read or to paste of one text, in characters. The JSON report has the whole. */
const longest = 10_000;

/** The beginning of a text that is too long for people, with a note of how much is left out. */
export const excerpt = (text: string, most = longest): string =>
  text.length <= most ? text : `${text.slice(0, most)} … ${text.length - most} more characters`;
