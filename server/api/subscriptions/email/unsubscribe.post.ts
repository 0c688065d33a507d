/**
 * POST /api/subscriptions/email/unsubscribe?token=: a mail program's one-click unsubscribe (RFC
 * 8058): no login, no cookie, no redirect, whatever the body says.
 */
import { defineEventHandler, getQuery } from 'h3'
import { useApp } from '../../../db/open'
import { refuse } from '../../../http/problem'
import { unsubscribe } from '../../../readers/unsubscribe'

export default defineEventHandler(async event => {
  const { token } = getQuery(event)
  if (typeof token !== 'string' || !(await unsubscribe(await useApp(), token, Date.now())))
    return refuse('token', 'is not from one of our emails')
  return { status: 'You will get no more emails. Your address is erased.' }
})
