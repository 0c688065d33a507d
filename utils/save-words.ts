/** The save state in words. */
import type { SaveState } from './autosave/types'

export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return state.at ? `Saved ${new Date(state.at).toLocaleTimeString('en-GB')}` : 'Saved'
    case 'unsaved':
    case 'saving':
      return 'Saving'
    case 'offline':
      return 'Not saved: the server cannot be reached. Kept in this browser'
    case 'signed-out':
      return 'Not saved: you are signed out. Sign in on another tab. Kept in this browser'
    case 'clash':
      return 'Not saved: somebody else changed the same words'
    case 'failed':
      return state.say
  }
}
