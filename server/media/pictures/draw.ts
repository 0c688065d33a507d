/**
 * Draws scenes to JPEG, one at a time, and keeps the latest, so that requests for the same picture
 * share one drawing.
 */
import { LRUCache } from 'lru-cache'
import { type Scene, sceneSvg } from '../../../shared/card/scene'
import { serialQueue } from '../../kit/serial-queue'
import { loadSharp } from '../load-sharp'
import { outliner } from './outline'

/** About 100 kB each. */
const MOST_KEPT = 60

/**
 * One drawing after another; when too many wait, public requests are asked to come back
 * (`isCrowded`), so that posts are not stuck behind a flood.
 */
const queue = serialQueue()
const MOST_WAITING = 20
const kept = new LRUCache<string, Buffer>({ max: MOST_KEPT })
const waiting = new Map<string, Promise<Buffer>>()

/** Whether a public request for another picture should come back later. */
export const isCrowded = () => waiting.size >= MOST_WAITING

/** The same scene gives the same bytes, as long as our typefaces have all its letters. */
export async function drawScene(scene: Scene): Promise<Buffer> {
  const key = JSON.stringify(scene)
  const known = kept.get(key) ?? waiting.get(key)
  if (known) return known
  const drawn = queue(() => draw(scene)).finally(() => waiting.delete(key))
  waiting.set(key, drawn)
  const picture = await drawn
  kept.set(key, picture)
  return picture
}

async function draw(scene: Scene): Promise<Buffer> {
  const svg = sceneSvg(scene, await outliner())
  const sharp = await loadSharp()
  return sharp(Buffer.from(svg))
    .flatten({ background: '#000' })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer()
}
