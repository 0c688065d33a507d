/** Draws scenes to JPEG, one at a time, and keeps the latest: whoever asks for the same picture again, or meanwhile, gets the same one. */
import { sceneSvg, type Scene } from '../../shared/card/scene'
import { inTurn } from '../in-turn'
import { outliner } from './outline'

/** About 100 kB each. */
const MOST_KEPT = 60

/** A flood of requests may make one wait, never the house. */
const one = inTurn()
const kept = new Map<string, Promise<Buffer>>()

/** The same scene gives the same bytes, where our typefaces have its letters. */
export function drawScene(scene: Scene): Promise<Buffer> {
  const key = JSON.stringify(scene), drawn = kept.get(key) ?? one(() => draw(scene))
  kept.delete(key)
  kept.set(key, drawn)
  drawn.catch(() => kept.delete(key))
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
  return drawn
}

async function draw(scene: Scene): Promise<Buffer> {
  const svg = sceneSvg(scene, await outliner()), { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg)).flatten({ background: '#000' }).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()
}
