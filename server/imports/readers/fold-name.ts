/** Folds a column's name or a status, so that `UNSUB_TIME`, `Unsub time` and `unsubTime` are one word. */

import { foldText } from '../../../shared/fold-text'

/** Folded as everywhere, with _ between words: "Désabonné le" is `desabonne_le`. */
export const foldName = (text: string) =>
  foldText(text.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu}\p{Ll})/gu, '_'))
    .replace(/[^\p{L}\p{N}-]+|(?<!_|^)-|-(?!\p{N})/gu, '_')
    .replace(/_+/g, '_')
    .replace(/^_|_$/g, '')
