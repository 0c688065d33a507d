/** Restores the tags of the build's files that a proxy has changed, because Nitro compares them by the letter. */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import { getAsset } from '#nitro-internal-virtual/public-assets'
import { getRequestHeader } from 'h3'
import { defineNitroPlugin } from 'nitropack/runtime'
import { knownTag } from '../http/answer/tags'

/** Quoted. */
type Tag = string | undefined
const tagOfFile = (name: string): Tag => getAsset(name)?.etag

export default defineNitroPlugin(({ hooks }) => {
  if (import.meta.prerender) return
  hooks.hook('request', event => {
    const ifNoneMatch = getRequestHeader(event, 'if-none-match')
    if (!ifNoneMatch) return
    const name = event.path.split('?')[0]!
    const [br, gzip, plain] = [tagOfFile(`${name}.br`), tagOfFile(`${name}.gz`), tagOfFile(name)]
    const isKnown = [br, gzip, plain].some(
      tag => tag && knownTag(ifNoneMatch, tag.slice(1, -1), tag),
    )
    if (!isKnown) return
    // Nitro's own choice, by which it will compare.
    const accepted = getRequestHeader(event, 'accept-encoding')
      ?.split(',')
      .map(coding => coding.trim())
    const chosen = (accepted?.includes('br') && br) || (accepted?.includes('gzip') && gzip) || plain
    event.node.req.headers['if-none-match'] = chosen
  })
})
