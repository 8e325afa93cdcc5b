import { describe, expect, it } from '@jest/globals';
import { splitScript } from './statements.js';

const sources = (script: string) => splitScript(script).statements.map(({ source }) => source);

describe('splitScript', () => {
  it('takes each line for a statement, with its line, and leaves comments out', () => {
    const { statements, broken } = splitScript(
      '# one\nip link show\n\n# two\nip link show | grep cali # here\n',
    );
    expect(statements.map(({ source, line }) => [line, source])).toEqual([
      [1, 'ip link show'],
      [4, 'ip link show | grep cali'],
    ]);
    expect(broken).toBeUndefined();
  });

  it('keeps together what goes on on the next line', () => {
    expect(sources('ip link \\\n  show |\n grep a &&\n echo b\ny')).toEqual([
      'ip link \\\n  show |\n grep a &&\n echo b',
      'y',
    ]);
    expect(sources('for i in 1 2; do\n  echo $i\ndone\nx')).toEqual([
      'for i in 1 2; do\n  echo $i\ndone',
      'x',
    ]);
    expect(sources('if true; then\n a\nelse\n b\nfi; c')).toEqual(['if true; then\n a\nelse\n b\nfi', 'c']);
    expect(sources('case $x in\n a) b ;;\n *) c ;;\nesac\nd')).toEqual([
      'case $x in\n a) b ;;\n *) c ;;\nesac',
      'd',
    ]);
    expect(sources('f() {\n a\n}\n(b\nc)\nd')).toEqual(['f() {\n a\n}', '(b\nc)', 'd']);
    expect(sources('echo "a\nb" \'c\nd\'\ne')).toEqual(['echo "a\nb" \'c\nd\'', 'e']);
    expect(sources('x=$(ps |\n grep a)\ny')).toEqual(['x=$(ps |\n grep a)', 'y']);
    expect(sources('echo done; echo fi')).toEqual(['echo done', 'echo fi']);
  });

  it('hands a here-document to its command', () => {
    const { statements } = splitScript("cat <<'EOF' | kubectl apply -f -\nkind: Pod # no comment\nEOF\nls\n");
    expect(statements.map(({ source }) => source)).toEqual([
      "cat <<'EOF' | kubectl apply -f -\nkind: Pod # no comment\nEOF",
      'ls',
    ]);
    expect(statements[0]?.pipeline).toMatchObject([
      { words: ['cat'], stdin: 'kind: Pod # no comment\n' },
      { words: ['kubectl', 'apply', '-f', '-'], plain: true },
    ]);
    expect(sources('cat <<-E\n\ta\n\tE\nb')).toEqual(['cat <<-E\n\ta\n\tE', 'b']);
  });

  it('tells the words of commands, and which of them the shell has to work out', () => {
    const commandsOf = (script: string) => splitScript(script).statements.flatMap(({ commands }) => commands);
    expect(commandsOf(`kubectl exec -it a -- sh -c 'ip "addr"' "b c"`)).toMatchObject([
      { words: ['kubectl', 'exec', '-it', 'a', '--', 'sh', '-c', 'ip "addr"', 'b c'], plain: true },
    ]);
    expect(commandsOf('A=1 ls $x > f')).toMatchObject([{ words: ['ls', '$x'], plain: false }]);
    expect(commandsOf('ls 2>&1')).toMatchObject([{ words: ['ls'], plain: false }]);
    expect(commandsOf('! a && { b; }').map(({ words }) => words)).toEqual([['a'], ['b']]);
  });

  it('knows a pipeline, and what is none', () => {
    const one = (script: string) => splitScript(script).statements[0];
    expect(one('a | b | c')?.pipeline?.map(({ source }) => source)).toEqual(['a', 'b', 'c']);
    expect(one('a | b && c')?.pipeline).toBeUndefined();
    expect(one('while a | b; do c; done')?.pipeline).toBeUndefined();
  });

  it('takes placeholders for words', () => {
    const [statement] = splitScript('lsns -p <pid> | wc -l').statements;
    expect(statement?.source).toBe('lsns -p <pid> | wc -l');
    expect(statement?.pipeline).toHaveLength(2);
  });

  it('says where something begins that does not end', () => {
    expect(splitScript('a\necho "b\nc').broken).toEqual({
      line: 1,
      what: 'the quote that begins here does not end',
    });
    expect(splitScript('for i in 1; do\n a').broken?.line).toBe(0);
    expect(splitScript('cat <<EOF\na').broken?.what).toContain('EOF');
  });
});
