/** The result of a posted form, for the page that shows it; an ordinary visit has none. */
import type { WantsFields } from './wants'

/** `path` is the name of the field, or empty for the form as a whole. */
export interface FormResult {
  typed?: Partial<WantsFields> & { email?: string; token?: string; name?: string; next?: string }
  problems?: { path: string; message: string }[]
  /** Show which reviews the choices in the form would have matched. */
  show?: boolean
  manageToken?: string
  done?: 'unsubscribed' | 'kept' | 'erased'
}
