import type { Scenario } from '../../domain/scenario.js';
import type { TutorialDocument } from '../markdown/document.js';
import { likeness } from './nearest-text.js';
import { sentencesOf, type Sentence } from './sentences.js';

/** What a claim about networking talks of, and what it says of it. */
const subject =
  /\b(pods?|containers?|namespaces?|veths?|interfaces?|links?|cni|plugins?|nodes?|address(es)?|ips?|routes?|bridges?|gateways?|services?|packets?|kubelet|pause)\b/i;
const statement =
  /\b(is|are|has|have|shares?|holds?|gets?|connects?|allocates?|assigns?|creates?|removes?|deletes?|routes?|reach(es)?|restarts?|survives?|belongs?|runs?|provides?|allows?|enables?|ensures?|always|never|every|each|all|only|must|cannot)\b/i;
/** What tells a reader what to do, asks, announces or promises. */
const none =
  /[?:]$|^(let|see|to|in this|we|you|note|run|use|check|after|as you|these commands|understanding|by )\b/i;

/** Two texts that say about the same. */
const same = 0.6;

/** Sentences of a document that look like claims and that no scenario is about. A guess, for an author to choose from. Pure. */
export const suggestClaims = (
  document: TutorialDocument,
  scenarios: readonly Scenario[],
): readonly Sentence[] =>
  sentencesOf(document.sections.flatMap(({ passages }) => passages)).filter(
    ({ text }) =>
      text.split(' ').length > 4 &&
      subject.test(text) &&
      statement.test(text) &&
      !none.test(text) &&
      !scenarios.some(({ claim, source }) =>
        [claim, source?.quote ?? ''].some((one) => likeness(one, text) >= same),
      ),
  );
