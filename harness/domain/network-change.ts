import type { Json } from './fact-types.js';

/** What becomes of the first CNI plugin of a network, for pods that are made or deleted from then on. */
export type NetworkChange =
  /** Fields of its configuration get another value. */
  | { readonly fields: Readonly<Record<string, Json>> }
  /** A program takes its place: the path of that. */
  | { readonly plugin: string };
