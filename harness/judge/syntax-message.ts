/** cel-js's names of tokens, as they are written. */
const tokens: Readonly<Record<string, string>> = {
  EOF: 'the end of the expression',
  NUMBER: 'a number',
  STRING: 'a string',
  BYTES: 'bytes',
  BOOLEAN: 'true or false',
  NULL: 'null',
  IDENTIFIER: 'a name',
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"&&"',
  OR: '"||"',
  NOT: '"!"',
  IN: '"in"',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  DOT: '"."',
  COMMA: '","',
  COLON: '":"',
  QUESTION: '"?"',
};

/** What people write who think of another language. */
const meant: Readonly<Record<string, string>> = {
  '=': '==',
  '&': '&&',
  '|': '||',
  and: '&&',
  or: '||',
};

/** The sentence for a syntax error of this code and summary (cel-js's) at this text. */
export const syntaxMessage = (code: string, summary: string, text: string): string => {
  const [, wanted, found = ''] = /^Expected (\w+), got (\w+)$/.exec(summary) ?? [];
  if (wanted !== undefined) return `expected ${spell(wanted)}, but found ${spell(found)}`;
  const [, unexpected] = /^Unexpected token: (\w+)$/.exec(summary) ?? [];
  if (unexpected === 'EOF') return 'the expression ends too early';
  if (unexpected !== undefined) return `unexpected ${spell(unexpected)}`;
  if (code === 'unexpected_character') {
    const instead = meant[text];
    return `unexpected ${JSON.stringify(text)}${instead === undefined ? '' : `: write ${JSON.stringify(instead)}`}`;
  }
  if (code === 'reserved_identifier') return `${JSON.stringify(text)} is a word that CEL keeps for itself`;
  return summary.charAt(0).toLowerCase() + summary.slice(1);
};

const spell = (token: string): string => tokens[token] ?? token;
