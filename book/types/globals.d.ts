// What the scripts of the book find on a page: what one gives to the next, and the files that the
// build writes beside them (helpers/publish/search.py and helpers/publish/cards.py).

interface Folding {
  fold(text: string): string;
  words(text: string): string[];
  keys(word: string): string[];
  pieces(text: string): Piece[];
}
/** A word where it stands in a text: start, end, folded words. */
type Piece = [number, number, string[]];

/** What is asked of an answer: its normal form, and the salted hash of this. */
interface Responses {
  normalForm(written: string, kind: string, decimals?: number | null): string | null;
  hashed(normal: string, salt: string, iterations: number): string;
}

interface FoldingSpecification {
  answers: { variants: Record<string, string>; signs: string; ends: string };
  article: string;
  attached: string[];
  endings: Record<"arabic" | "latin", [string, string, number][]>;
  passes: number;
  plurals: Record<string, string>;
  sequences: Record<string, string>;
  variants: Record<string, string>;
}

/** Names of the terms: all of each term, and the term that the words of one lead to. */
interface Names {
  forms: string[][];
  met: Record<string, [string, number]>;
}

/** One of the ways to say something, in words. */
type Way = string[];

interface Asking {
  folding: Folding;
  groups(query: string): { groups: Way[][]; names: string[]; words: string[] };
  isBeginning(key: string): boolean;
  isName(word: string): boolean;
  sequence(words: string[]): string;
}

interface BookIndex {
  entries: Record<"title" | "address" | "text" | "place" | "names", string[]> &
    Record<"kind" | "verdict", number[]>;
  keys: Record<string, number[]>;
  kinds: Record<string, [string, string]>;
  verdicts: string[];
  words: Record<string, string>;
}

interface Found {
  found: number[];
  whole: boolean;
  names: string[];
  isHit(number: number): IsHit;
}
type IsHit = (word: string) => boolean;

interface Matching {
  search(query: string): Found;
  near(query: string): string[];
  kind(number: number): string;
}

interface Cards {
  claims: Record<string, string>;
  conclusions: Record<string, string>;
  passages: Record<string, string[]>;
  terms: Record<string, string>;
  words: Record<string, string>;
}

/** A link of the argument: its id, both ends, its relation, and its basis. */
type StoredLink = [string, string, string, string, string];
/** How much of a point is about a theme. */
type StoredWeight = [string, string, number];
/** An outcome item with its theme and its strength. */
type StoredOutcome = [string, string, string];

interface StoredConclusion {
  id: string;
  measure: string;
  subject: string[];
  comparison: string;
  threshold: number;
}

/** The coded report as it is published (helpers/publish/what_if/stored.py). */
interface StoredArgument {
  attention: string[];
  bases: string[];
  conclusions: StoredConclusion[];
  delivering: string;
  every: string;
  links: StoredLink[];
  outcomes: StoredOutcome[];
  pairs: Record<string, [string, string][]>;
  points: Record<string, string>;
  positions: [string, string][];
  questions: Record<string, [string, "from" | "to"] | null>;
  stages: string[];
  stated: string[];
  strengths: string[];
  themes: string[];
  tie: number;
  weights: StoredWeight[];
}

/** What a reader changed: links left out, weights by point, strengths by outcome item. */
interface Setting {
  without?: string[];
  weights?: Record<string, Record<string, number>>;
  strengths?: Record<string, string>;
}

type Coded = { links: StoredLink[]; weights: StoredWeight[]; outcomes: StoredOutcome[] };
type Judged = { value: number; holds: boolean };
type Measured = { values: Record<string, number>; conclusions: Record<string, Judged> };

interface Argument {
  measured(setting: Setting): Measured;
  measures: string[];
  comparisons: string[];
}

/** A link of the argument, from the earlier to the later of its points. */
interface Tie {
  id: string;
  from: string;
  to: string;
  stated: boolean;
}

interface Reasoning {
  around(point: string, statedAlone: boolean): { before: string[]; after: string[]; ties: string[] };
  way(start: string, end: string, statedAlone: boolean): { points: string[]; ties: string[] } | null;
}

declare const BOOK_INDEX: BookIndex;
declare const BOOK_WORDS: { folding: FoldingSpecification; names: Names };
declare const makeFolding: (specification: FoldingSpecification) => Folding;
declare const makeResponses: (
  specification: FoldingSpecification,
  folding: Folding,
) => Responses;
declare const makeArgument: (stored: StoredArgument) => Argument;
declare const makeAsking: (names: Names, folding: Folding) => Asking;
declare const makeReasoning: (ties: Tie[]) => Reasoning;
declare const makeMatching: (index: BookIndex, asking: Asking) => Matching;

interface Window {
  summitCards?: Cards;
}
