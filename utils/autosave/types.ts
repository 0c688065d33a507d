/** What autosave, the server and the page tell each other. */
import type { Clash } from '~/shared/review/merge'
import type { Writing } from '~/shared/review/writing'
import type { FieldError } from '../refusal-words'

/** A text that the server has, and the version that it gave it. */
export interface Acknowledged {
  version: number
  writing: Writing
}

/** What lies in the browser until the server has it. `sent` are the texts on their way: nobody knows yet whether they arrived. */
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
  send: (changes: Partial<Writing>, version: number) => Promise<Outcome>
  keep: (backup: Backup | undefined) => void
  show: (state: SaveState) => void
  /** The text is not what was typed any more: somebody else's changes are in it. */
  merged: (writing: Writing) => void
  clashed: (clashes: Clash[]) => void
  refused: (errors: FieldError[]) => void
  /** Milliseconds. */
  pause?: number
}
