/** What a form's answer tells the page that it is shown on; an ordinary visit is told nothing. */
import type { WantsFields } from './wants'

/** `path` is the name of the field; empty: the form as a whole. */
export interface FormResult {
  typed?: Partial<WantsFields> & { email?: string; token?: string }
  problems?: { path: string; message: string }[]
  /** Show what the typed wishes would have matched. */
  show?: boolean
  manageToken?: string
  done?: 'unsubscribed' | 'kept' | 'erased'
}
