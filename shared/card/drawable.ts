/** Leaves out words that a picture would show as boxes: our typefaces have Latin, Greek and Cyrillic. */
import type { Scene } from './scene'

/** Its label still says everything. Used for files; a page draws words with the reader's own fonts. */
export const drawable = (scene: Scene): Scene => ({
  ...scene,
  words: scene.words.filter(({ text }) => DRAWABLE.test(text)),
})

const DRAWABLE =
  /^(?:(?![\u2E80-\u{10FFFF}])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Inherited}\p{P}\p{N}\p{Z}\p{Sc}\p{Sm}\p{Sk}])*$/u
