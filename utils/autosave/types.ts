/** The types that autosave, the server calls and the page share. */
import type { Clash } from '~/shared/review/merge'
import type { Writing } from '~/shared/review/writing'
import type { Replacement } from '~/shared/types/desk'
import type { FieldError } from '../refusal-words'

/** A text that the server has saved, and its version. */
export interface Acknowledged {
  version: number
  writing: Writing
}

/** What the browser keeps until the server has it. `sent` are texts on their way, which may or may not have arrived. */
export interface Backup {
  base: Acknowledged
  mine: Writing
  sent: Writing[]
}

export type Outcome =
  | { kind: 'saved'; version: number; at: string }
  | { kind: 'changed'; current: Acknowledged }
  | { kind: 'refused'; errors: FieldError[] }
  | { kind: 'offline' | 'signed-out' }
  | { kind: 'failed'; say: string }

export type SaveState =
  | { kind: 'saved'; at?: string }
  | { kind: 'unsaved' | 'saving' | 'offline' | 'signed-out' | 'clash' }
  | { kind: 'failed'; say: string }

export interface AutosaveOptions {
  base: Acknowledged
  /** `reason` says what replaced the saved text, if it was not typed. */
  send: (changes: Partial<Writing>, version: number, reason?: Replacement) => Promise<Outcome>
  /** Keeps a text that was never saved as an earlier version. */
  keepVersion: (writing: Writing) => Promise<Outcome>
  keep: (backup: Backup | undefined) => void
  show: (state: SaveState) => void
  /** The text now includes somebody else's changes. */
  merged: (writing: Writing) => void
  clashed: (clashes: Clash[]) => void
  refused: (errors: FieldError[]) => void
  /** Milliseconds. */
  pause?: number
}
