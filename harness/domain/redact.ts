import { redactKnown } from './redact-known.js';
import { redactedMark } from './redacted-mark.js';

export { redactedMark };

/** Takes secrets out of a text, and leaves it as it is where there are none. */
export type Redact = (text: string) => string;

/**
 * Takes out of a text what is known to be secret, in whatever spelling, and what looks like a secret: private keys, tokens of known forms,
 * passwords in URLs, and the values of names that end like `password` or `token`. Pure; takes a time that grows with the text and no faster.
 * @param known values that are secret whatever stands around them
 */
export const redactor = (known: readonly string[] = []): Redact => {
  const withoutKnown = redactKnown(known);
  return (text) => {
    const whole = withoutKnown(text);
    return suspicious.test(whole) ? byName(byForm(whole)) : whole;
  };
};

const privateKey = 'PRIVATE KEY-----';

const forms: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    redactedMark,
  ],
  // PEM in base64, as kubeconfigs have it.
  [/LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]{8,}/g, redactedMark],
  // JSON Web Tokens: those of service accounts among them.
  [/eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*/g, redactedMark],
  [
    /\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_|[rs]k_(?:live|test)_|AIza|dckr_[po]at_|ya29\.|hv[sbr]\.|pypi-)[A-Za-z0-9_-]{16,}/g,
    redactedMark,
  ],
  [/\bsk-[A-Za-z0-9_-]{20,}/g, redactedMark],
  [/\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g, redactedMark],
  [/\bAGE-(?:SECRET-KEY|PLUGIN)-[A-Z0-9-]{16,}/g, redactedMark],
  // Whoever has the address may write to the channel.
  [/(\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9_/-]{8,}/g, `$1${redactedMark}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redactedMark],
  // Those by which nodes join a cluster of kubeadm's.
  [/\b(?=[a-z]{0,6}[0-9.])[a-z0-9]{6}\.(?=[a-z]{0,15}[0-9])[a-z0-9]{16}\b/g, redactedMark],
  [/\b(bearer[ \t]+)[A-Za-z0-9._~+/=-]{6,}/gi, `$1${redactedMark}`],
  [
    /(?<!authorization["'\\]{0,4}[ \t]{0,8}[:=][ \t]{0,8}["'\\]{0,4})\b(basic[ \t]+)(?=[A-Za-z]{0,200}[0-9+/=])[A-Za-z0-9+/_-]{8,}={0,2}/gi,
    `$1${redactedMark}`,
  ],
  // A token in the place of a user: a name is shorter.
  [/(:\/\/)(?!\[redacted)[^\s:@/"'\\]{12,500}(?=@)/g, `$1${redactedMark}`],
  // netrc, on one line or several.
  [/(\blogin\s{1,40}[^\s]{1,200}\s{1,40}password\s{1,40})(?!\[redacted)[^\s]{1,500}/g, `$1${redactedMark}`],
  // The user and password of curl and its like.
  [
    /(\s(?:-u|-U|--user|--proxy-user)[ \t=]{0,4}["']?[^\s:"']{1,100}:)(?!\[redacted)[^\s"']{1,500}/g,
    `$1${redactedMark}`,
  ],
  // Docker's config.json: user and password in base64.
  [/(\\{0,7}"auth\\{0,7}"\s{0,8}:\s{0,8}\\{0,7}")(?!\[redacted)[A-Za-z0-9+/=_-]{4,}/g, `$1${redactedMark}`],
  [/(:\/\/[^\s:@/"'\\]{0,200}:)(?!\[redacted)[^\s@/"'\\]{1,500}(?=@)/g, `$1${redactedMark}`],
];

/** What any of these forms and names has in it: most texts of a report have nothing of it, and are done with by one look. */
const suspicious =
  /pass|pwd|secret|token|key|credential|cookie|authorization|bearer|:\/\/|LS0tLS1|eyJ|gh[opsur]_|github_|glpat|xox|npm_|hf_|[rs]k_|AIza|AKIA|ASIA|dckr_|ya29|hv[sbr]\.|pypi-|sk-|SG\.|AGE-|hooks\.slack|basic|"auth|\s-u|--user|--proxy-u|[a-z0-9]{6}\.[a-z0-9]{16}/i;

const byForm: Redact = (text) =>
  forms.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), withoutEndOfKey(text));

/** A log that was cut may have only the end of a key: the lines of base64 above it. */
const withoutEndOfKey: Redact = (text) => {
  const end = text.indexOf(privateKey);
  if (end < 0) return text;
  const before = text.slice(0, end);
  const line = before.lastIndexOf('-----END ');
  if (line < 0 || before.includes('-----BEGIN ')) return text;
  const above = before.lastIndexOf('\n', line);
  const lines = above < 0 ? [] : before.slice(0, above).split('\n');
  // Its last line is as short as it comes; the others are long. A log may have a time before each.
  let shortest = 2;
  const isKey = (one: string) => new RegExp(`[A-Za-z0-9+/=]{${shortest},}\\s*$`).test(one.slice(-200));
  for (; isKey(lines.at(-1) ?? ''); shortest = 16) lines.pop();
  return [...lines, `${redactedMark}${text.slice(end + privateKey.length)}`].join('\n');
};

/** What a name ends with whose value is a secret. A working directory is `PWD` without anything before it. */
const secretName = String.raw`(?:password|passwd|passphrase|passcode|[_-]pass|[_-]pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|certificate-key|client-key-data|credentials?|cookie|authorization)(?:[_-]?(?:value|data|base64|hash|[0-9]{1,3}))?`;

/** Colours that a log has between a name and its value. */
const colour = String.raw`(?:\x1b\[[0-9;]{0,16}m){0,4}`;
const between = String.raw`${colour}[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}${colour}`;
/** Of a name or a value; written with backslashes where it stands in a text in a text. */
const quotes = String.raw`(?:\\{0,7}["'])`;

const value = [
  String.raw`"(?:[^"\\\n]|\\.)*"?`,
  String.raw`'(?:[^'\\\n]|\\.|'')*'?`,
  String.raw`\\{1,7}["'](?:(?!\\{1,7}["'])[^\n])*`,
  // A block of YAML.
  String.raw`[|>][-+0-9]{0,2}[ \t]*(?:\n[ \t]+[^\s][^\n]*)+`,
  String.raw`(?:[^\s"'\\\0]|\\(?![nrt0"']))+`,
].join('|');

const wholeName = new RegExp(`(?:^|[^a-z])pass$|${secretName}$`, 'i');

/** Whether the value of a variable of that name is a secret. */
export const isSecretName = (name: string): boolean => wholeName.test(name);

const named: readonly RegExp[] = [
  // Of a header it is the rest of the line.
  new RegExp(String.raw`((?:authorization|cookie)${quotes}?${between}${quotes}?)([^\r\n"'\\]+)`, 'gi'),
  // A variable on a line of its own, as in `env`: its value may have spaces.
  new RegExp(
    String.raw`((?:^|[\n\0])(?:export )?[A-Z0-9_]{0,80}${secretName.toUpperCase()}=)([^\n\0]+)`,
    'g',
  ),
  new RegExp(String.raw`(${secretName}${quotes}?${between})(${value})`, 'gi'),
  // A variable as Kubernetes and runtimes write it.
  new RegExp(
    String.raw`((?:name|key)${quotes}?[ \t]{0,8}:[ \t]{0,8}${quotes}?[\w.-]{0,80}?${secretName}${quotes}?[ \t]{0,8},?\s{0,40}${quotes}?value${quotes}?[ \t]{0,8}:[ \t]{0,8})(${value})`,
    'gi',
  ),
  // An option with its value behind it.
  new RegExp(String.raw`((?:^|\s)--?[a-z0-9-]{0,40}?${secretName}[ \t]{1,8})(?!-)(${value})`, 'gi'),
];

/** What says that there is none, or that it is elsewhere. */
const harmless =
  /^(?:(?:true|false|null|none|nil|undefined|yes|no|~|=|bearer|basic|\$[({][^)}]*[)}]|<[a-z ]+>)[,;)\]}]*|[[{]+[\]}]*[,;]?)$/i;

const byName: Redact = (text) =>
  named.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (all: string, name: string, secret: string) => {
        const [, open = '', inner = '', close = ''] = /^(\\*["']?)([^]*?)(["']?)$/.exec(secret) ?? [];
        const bare = inner.trim();
        if (bare === '' || harmless.test(bare) || secret.includes(redactedMark)) return all;
        return `${name}${open}${redactedMark}${close}`;
      }),
    text,
  );
