/** The ground behind a picture that is transparent in places: readers choose the page's colours, so it brings its own. */
import type { Sharp } from 'sharp'

const LIGHT = '#fff'
const DARK = '#1a1a1a'

/** Ink as bright as this can hardly be seen on a light ground. */
const BRIGHT = 215
const MOSTLY = 0.9
const SMALL = 64

/** Light, unless almost everything that is drawn is light itself. Undefined for a picture without transparency. */
export async function groundOf(image: Sharp): Promise<string | undefined> {
  const { data, info } = await image
    .resize(SMALL, SMALL, { fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  let ink = 0
  let bright = 0
  for (let at = 0; at < data.length; at += info.channels) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4)
    ink += alpha
    if (0.299 * red + 0.587 * green + 0.114 * blue > BRIGHT) bright += alpha
  }
  if (ink === (data.length / info.channels) * 255) return undefined
  return bright > MOSTLY * ink ? DARK : LIGHT
}
