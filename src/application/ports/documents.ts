/** What the use cases need to know about documents that were read. */
import type { AchievementDefinition, Art } from '../../domain/achievement.js'
import type { Fault } from '../../domain/issuer-error.js'
import type { Review } from '../../domain/review.js'

/**
 * The documents that have a schema. The `-v1` kind follows the Verifiable Credentials Data Model
 * 1.1 and is only ever read; the others follow 2.0.
 */
export const SCHEMA_KINDS = [
  'achievement-credential',
  'achievement-credential-v1',
  'endorsement-credential',
  'profile',
] as const

export type SchemaKind = (typeof SCHEMA_KINDS)[number]

export interface SchemaChecker {
  /**
   * Checks the structure of parsed JSON against the Open Badges 3.0 classes (appendix B, plain JSON
   * serialisation of appendix A). Returns what is wrong, at most 20 faults; empty means valid.
   * Never throws because of the document.
   */
  check(kind: SchemaKind, document: unknown): readonly Fault[]
}

/** Turns parsed JSON of a caller into checked values; unchecked and checked data have different types. */
export interface ReviewParser {
  /**
   * @param input parsed JSON
   * @returns the review with defaults filled in and times in UTC
   * @throws IssuerError REQUEST_INVALID with every fault and its pointer
   */
  parse(input: unknown): Review
}

/** An achievement file as staff write it: the definition and the name of its art. */
export type AchievementFile = {
  readonly definition: AchievementDefinition
  /** Path of the PNG or SVG, relative to the file. */
  readonly artFile: string
}

/**
 * Turns a picture that staff brought into art that is safe to show to anyone.
 * @param bytes the file
 * @throws IssuerError ACHIEVEMENT_INVALID with what is wrong
 */
export type ArtReader = (bytes: Uint8Array) => Promise<Art>

export interface AchievementParser {
  /**
   * @param input parsed YAML or JSON
   * @throws IssuerError ACHIEVEMENT_INVALID with every fault and its pointer
   */
  parse(input: unknown): AchievementFile
}
