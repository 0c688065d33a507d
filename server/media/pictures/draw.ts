/** Draws scenes to JPEG, one at a time, and keeps the latest: whoever asks for the same picture again, or meanwhile, gets the same one. */
import { LRUCache } from 'lru-cache'
import { type Scene, sceneSvg } from '../../../shared/card/scene'
import { serialQueue } from '../../kit/serial-queue'
import { outliner } from './outline'

/** About 100 kB each. */
const MOST_KEPT = 60

/** Drawing is one after the other; who would be too far behind is asked to come back (`isCrowded`), so that posts need not wait for a flood. */
const one = serialQueue()
const MOST_WAITING = 20
const kept = new LRUCache<string, Buffer>({ max: MOST_KEPT })
const waiting = new Map<string, Promise<Buffer>>()

/** Whether a public request for another picture should come back later. */
export const isCrowded = () => waiting.size >= MOST_WAITING

/** The same scene gives the same bytes, where our typefaces have its letters. */
export async function drawScene(scene: Scene): Promise<Buffer> {
  const key = JSON.stringify(scene)
  const known = kept.get(key) ?? waiting.get(key)
  if (known) return known
  const drawn = one(() => draw(scene)).finally(() => waiting.delete(key))
  waiting.set(key, drawn)
  const picture = await drawn
  kept.set(key, picture)
  return picture
}

async function draw(scene: Scene): Promise<Buffer> {
  const svg = sceneSvg(scene, await outliner())
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg))
    .flatten({ background: '#000' })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer()
}
