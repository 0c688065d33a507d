/**
 * Authorises the holder of a manage token to see, change and erase one reader, and nothing else.
 */
import { getRequestHeader, type H3Event } from 'h3'
import { useApp } from '../db/open'
import { Problem } from '../http/problem'
import { type MailReaderRow, managedMailReader } from './mail-readers'
import { managedPushReader, type PushReaderRow } from './push-readers'

/** 401 without the manage token of a reader by email. */
export const requireMailReader = async (event: H3Event): Promise<MailReaderRow> =>
  (await managedMailReader(await useApp(), bearer(event))) ?? refused()

/** 401 without the manage token of this very reader; does not reveal whether the id exists. */
export const requirePushReader = async (
  event: H3Event,
  id: string,
): Promise<Pick<PushReaderRow, 'id' | 'wants'>> =>
  (await managedPushReader(await useApp(), id, bearer(event))) ?? refused()

const bearer = (event: H3Event) =>
  /^Bearer +(\S+)$/i.exec(getRequestHeader(event, 'authorization') ?? '')?.[1] ?? ''

function refused(): never {
  throw new Problem(
    401,
    'The manage token is not valid',
    'Send the manage token: Authorization: Bearer …',
    [{ path: 'authorization', message: 'must carry the manage token of this reader' }],
    { headers: { 'www-authenticate': 'Bearer' } },
  )
}
