/** POST /api/uploads: takes a poster (multipart, field `file`), and keeps a re-encoded copy. */
import { createHash } from 'node:crypto'
import {
  defineEventHandler,
  getRequestHeader,
  type H3Event,
  setResponseHeader,
  setResponseStatus,
} from 'h3'
import { idempotent, requireRole } from '../../access'
import { Problem, refuse } from '../../http/problem'
import { readBytes } from '../../http/read-body'
import { reEncode } from '../../media/uploads/re-encode'
import { storeUpload } from '../../media/uploads/store'

const MOST_BYTES = 10_000_000
const ENVELOPE = 16_384

/**
 * 201 `{ url, width, height }`; 413 over 10 MB, 415 not multipart, 422 on `file` for anything but a
 * picture that we accept.
 */
export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  const file = await readFile(event)
  return idempotent(event, createHash('sha256').update(file).digest('hex'), async () => {
    const picture = await reEncode(file)
    const url = await storeUpload(picture, who.id)
    setResponseStatus(event, 201)
    setResponseHeader(event, 'location', url)
    return { url, width: picture.width, height: picture.height }
  })
})

async function readFile(event: H3Event): Promise<Buffer> {
  const type = getRequestHeader(event, 'content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new Problem(
      415,
      'The body must be a form',
      'Send multipart/form-data with the picture in the field file.',
    )
  const bytes = await readBytes(event, MOST_BYTES + ENVELOPE).catch(tooLarge)
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new Problem(400, 'The form is malformed', 'The body is not valid multipart/form-data.')
    })
  const [file, ...more] = form.getAll('file')
  if (!(file instanceof File)) return refuse('file', 'is missing')
  if (more.length) return refuse('file', 'must be one picture')
  return file.size > MOST_BYTES
    ? tooLarge(new Problem(413, 'The body is too large'))
    : Buffer.from(await file.arrayBuffer())
}

function tooLarge(error: unknown): never {
  if (!(error instanceof Problem) || error.statusCode !== 413) throw error
  throw new Problem(
    413,
    'The body is too large',
    'file must be at most 10 MB.',
    [{ path: 'file', message: 'must be at most 10 MB' }],
    error.extras,
  )
}
