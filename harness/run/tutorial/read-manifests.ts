import type { Manifest } from '../../domain/manifest.js';
import { formatProblem } from '../../domain/problem.js';
import { readManifest } from '../../scenario/manifest-object.js';
import { sourceText } from '../../scenario/source-text.js';
import { readYaml } from '../../scenario/yaml-document.js';

/**
 * The objects of a block of YAML, with their places in the document. A namespace that it names is left to the world, which has one of its own.
 * @param line of the document that the text begins on
 */
export const readManifests = (
  file: string,
  line: number,
  text: string,
): readonly Manifest[] | { readonly problem: string } => {
  const own = sourceText(file, text);
  const inDocument = {
    ...own,
    positionAt: (offset: number) => {
      const place = own.positionAt(offset);
      return { line: place.line + line - 1, column: place.column };
    },
  };
  const { documents, problems } = readYaml(inDocument, 'manifest');
  const loaded = documents
    .filter(({ value }) => value !== null)
    .map((document) => readManifest(document, [], document.value));
  const all = [...problems, ...loaded.flatMap((one) => one.problems)];
  const [first] = all;
  if (first !== undefined) return { problem: all.map(formatProblem).join('; ') };
  const manifests = loaded.flatMap((one) => one.manifests);
  return manifests.length === 0 ? { problem: `${file}:${line}:1 has no Kubernetes object` } : manifests;
};
