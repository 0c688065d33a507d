/** Loads sharp with its cache off: it kept whole decoded pictures, and whatever was hidden in them, in memory for good. */

/** 20 MB that a process without pictures never loads. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  return sharp
}
