/** X's rules for callers, each with the page that states it; a broken rule gets X's own answer. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import twitter from 'twitter-text'

export interface Keys {
  apiKey: string
  apiSecret: string
  accessToken: string
  accessSecret: string
}

/**
 * A refusal: status and body as X writes them
 * (https://docs.x.com/x-api/fundamentals/response-codes-and-errors).
 */
export class Refused extends Error {
  readonly status: number
  readonly body: object
  constructor(status: number, body: object, why: string) {
    super(why)
    this.status = status
    this.body = body
  }
}

const TITLES: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found Error',
}
/** "about:blank": a generic error, to be read by its status. */
export const generic = (status: number, detail: string) =>
  new Refused(
    status,
    {
      title: TITLES[status],
      type: status === 404 ? 'https://api.x.com/2/problems/resource-not-found' : 'about:blank',
      status,
      detail,
    },
    detail,
  )
export const invalid = (message: string, parameters: object = {}) =>
  new Refused(
    400,
    {
      errors: [{ parameters, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
    },
    message,
  )

/**
 * https://docs.x.com/fundamentals/authentication/oauth-1-0a/percent-encoding-parameters: RFC 3986,
 * 2.1.
 */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * https://docs.x.com/fundamentals/authentication/oauth-1-0a/authorizing-a-request and
 * …/creating-a-signature: seven oauth_ parameters, signed together with those of the URL. A body is
 * signed only when it is a form (RFC 5849, 3.4.1.3.1); none of the calls here sends one.
 */
export function checkSignature(
  method: string,
  url: URL,
  authorization: string | undefined,
  keys: Keys,
  nonces: Set<string>,
) {
  const refuse = (why: string) => {
    const { status, body } = generic(401, 'Unauthorized')
    throw new Refused(status, body, why)
  }
  if (!authorization?.startsWith('OAuth ')) return refuse('no Authorization: OAuth')
  const given = new Map(
    [...authorization.slice(6).matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      decodeURIComponent(value!),
    ]),
  )
  const { oauth_signature: signature = '', ...signed } = Object.fromEntries(given)
  const nonce = `${signed.oauth_timestamp} ${signed.oauth_nonce}`
  if (signed.oauth_consumer_key !== keys.apiKey || signed.oauth_token !== keys.accessToken)
    refuse('an unknown key')
  if (signed.oauth_signature_method !== 'HMAC-SHA1' || signed.oauth_version !== '1.0')
    refuse('another method or version')
  // RFC 5849, 3.3: a nonce is never used twice, and X refuses old timestamps
  // (https://docs.x.com/x-api/fundamentals/response-codes-and-errors).
  if (!(Math.abs(Date.now() / 1000 - Number(signed.oauth_timestamp)) < 300))
    refuse('the clock is off')
  if (!signed.oauth_nonce || nonces.has(nonce)) refuse('the nonce was used before')
  nonces.add(nonce)
  const pairs = [...Object.entries(signed), ...url.searchParams].map(
    ([name, value]) => [encode(name), encode(value)] as const,
  )
  const parameters = pairs
    .sort((a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? -1 : 1))
    .map(pair => pair.join('='))
    .join('&')
  const base = [method, url.origin + url.pathname, parameters].map(encode).join('&')
  const right = createHmac('sha1', `${encode(keys.apiSecret)}&${encode(keys.accessSecret)}`)
    .update(base)
    .digest()
  const said = Buffer.from(signature, 'base64')
  if (said.length !== right.length || !timingSafeEqual(said, right))
    refuse('the signature is wrong')
}

/**
 * https://docs.x.com/fundamentals/counting-characters: at most 280, as X counts. The words of the
 * answer: https://github.com/gundogan8/FotBot/issues/22.
 */
export function checkText(text: unknown): string {
  if (typeof text !== 'string' || !text.trim()) throw invalid('text or media is required')
  if (twitter.parseTweet(text).weightedLength > 280)
    throw invalid(
      'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.',
      { text: [text.slice(0, 40)] },
    )
  // https://docs.x.com/x-api/posts/manage-tweets/integrate: at most one cashtag.
  if ((text.match(/\$[A-Z]{1,6}\b/gi) ?? []).length > 1)
    throw generic(403, 'Posts are limited to one cashtag.')
  return text
}

/**
 * https://docs.x.com/x-api/media/upload-media: the kinds it takes, and which use they are for;
 * https://docs.x.com/x-api/media/introduction: an image has at most 5 MB.
 */
export async function checkPicture(form: FormData): Promise<{ type: string; bytes: Buffer }> {
  const media = form.get('media')
  const type = String(form.get('media_type'))
  const magic: Record<string, RegExp> = {
    'image/jpeg': /^ffd8ff/,
    'image/png': /^89504e47/,
    'image/webp': /^52494646/,
    'image/bmp': /^424d/,
    'image/tiff': /^(?:4949|4d4d)/,
  }
  if (form.get('media_category') !== 'tweet_image')
    throw invalid('media_category must be one of tweet_image, dm_image, subtitles')
  if (!magic[type]) throw invalid('media_type is not supported', { media_type: [type] })
  if (!(media instanceof Blob)) throw invalid('media is required')
  const bytes = Buffer.from(await media.arrayBuffer())
  if (!magic[type].test(bytes.toString('hex', 0, 4))) throw invalid('media type unrecognized')
  if (bytes.length > 5_000_000) throw invalid('media is too large')
  return { type, bytes }
}

/**
 * How a post is shown (https://docs.x.com/x-api/users/get-posts): links wrapped by t.co with an
 * entity each, one more for a picture, three characters escaped.
 */
export function asShown({ id, text, picture }: { id: string; text: string; picture?: object }) {
  const links = twitter.extractUrls(text).map((link, n) => ({
    url: `https://t.co/${(BigInt(id) + BigInt(n)).toString(36).slice(-10)}`,
    expanded_url: link,
  }))
  const wrapped = links.reduce(
    (all, { url, expanded_url }) => all.replace(expanded_url, () => url),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  )
  const shot = {
    url: `https://t.co/p${id.slice(-9)}`,
    expanded_url: `https://x.com/i/status/${id}/photo/1`,
    media_key: `3_${id}`,
  }
  return {
    id,
    edit_history_tweet_ids: [id],
    text: picture ? `${wrapped} ${shot.url}` : wrapped,
    entities: { urls: picture ? [...links, shot] : links },
  }
}
