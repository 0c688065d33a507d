/**
 * Instagram's rules for callers, each with the page that states it; a broken rule gets Instagram's
 * own answer.
 */
import { jpegSize } from './jpeg-size.ts'

/**
 * Pages below are relative to https://developers.facebook.com/documentation/instagram-platform/.
 */
const HELP: Record<number, [code: number, message: string]> = {
  // instagram-graph-api/reference/error-codes
  2207003: [-2, 'It takes too long to download the media.'],
  2207004: [36000, 'The image size is too large.'],
  2207005: [36001, 'The image format is not supported.'],
  2207006: [24, 'The requested resource does not exist'],
  2207009: [36003, 'The aspect ratio is not supported.'],
  2207010: [36004, 'The caption was too long.'],
  2207027: [9007, 'Media ID is not available'],
  2207042: [9, 'Application request limit reached'],
  2207052: [9004, 'Only photo or video can be accepted as media type.'],
  // https://developers.facebook.com/docs/graph-api/guides/error-handling
  33: [
    100,
    'Unsupported request: object does not exist, cannot be loaded due to missing permissions, or does not support this operation',
  ],
}

/**
 * A refusal as the Graph API writes it
 * (https://developers.facebook.com/docs/graph-api/guides/error-handling).
 */
export class Refused extends Error {
  readonly status: number
  readonly body: object
  constructor(status: number, code: number, message: string, sub?: number) {
    super(message)
    this.status = status
    this.body = {
      error: {
        message,
        type: code === 190 || sub ? 'OAuthException' : 'IGApiException',
        code,
        ...(sub && { error_subcode: sub, is_transient: false, error_user_msg: message }),
        fbtrace_id: 'A6LJylpZRKw2xKLFsAP-cJh',
      },
    }
  }
}
export const refused = (sub: keyof typeof HELP) =>
  new Refused(400, HELP[sub]![0], HELP[sub]![1], Number(sub))
export const invalid = (what: string) => new Refused(400, 100, `Invalid parameter: ${what}`)

/** content-publishing: the token goes as a bearer; a wrong one is code 190. */
export function checkToken(header: string | undefined, token: string) {
  if (!header) throw new Refused(400, 104, 'An access token is required to request this resource.')
  if (header !== `Bearer ${token}`)
    throw new Refused(400, 190, 'Invalid OAuth access token - Cannot parse access token')
}

/**
 * instagram-graph-api/reference/ig-user/media, "caption": at most 2,200 characters, 30 hashtags, 20
 * names.
 */
export function checkCaption(caption: unknown): string {
  if (typeof caption !== 'string') throw invalid('caption')
  if (
    caption.length > 2200 ||
    (caption.match(/#[\p{L}\p{N}_]/gu)?.length ?? 0) > 30 ||
    (caption.match(/@[\w.]/g)?.length ?? 0) > 20
  )
    throw refused(2207010)
  return caption
}

/**
 * instagram-graph-api/reference/ig-user/media, "Image specifications": JPEG, at most 8 MB, 4:5 to
 * 1.91:1; fetched by them ("We cURL your image"), without following a redirect.
 */
export async function fetchImage(
  url: unknown,
): Promise<{ width: number; height: number; bytes: number }> {
  if (typeof url !== 'string' || !URL.canParse(url)) throw invalid('image_url')
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  )
  if (!answer?.ok) throw refused(2207052)
  const file = Buffer.from(await answer.arrayBuffer())
  const [width, height] = jpegSize(file) ?? [0, 0]
  if (answer.headers.get('content-type') !== 'image/jpeg' || !width) throw refused(2207005)
  if (file.length > 8 * 1024 * 1024) throw refused(2207004)
  if (width / height < 0.8 || width / height > 1.91) throw refused(2207009)
  return { width, height, bytes: file.length }
}
