/** The routes of accounts: setting up, signing in, people and tokens. */
import { z } from 'zod'
import {
  ownAccountSchema,
  ownSessionSchema,
  personSchema,
  tokenMadeSchema,
  tokenSchema,
} from '../../../shared/schemas/answers/people'
import { time } from '../../../shared/schemas/answers/time'
import { securityLogQuery } from '../../../shared/schemas/operating'
import {
  NewPerson,
  OwnChange,
  PasswordChange,
  PersonChange,
  Setup,
  SetupLink,
  SignIn,
} from '../../../shared/schemas/people'
import { newToken } from '../../../shared/schemas/tokens'
import type { Operation, Operations } from '../operation'

const noPerson: Operation['refuses'] = {
  404: ['No such person'],
  409: ['The site needs an owner'],
}
const slow: Operation['refuses'] = { 429: ['Too many requests'] }

export const PEOPLE: Operations = {
  'GET /api/setup': {
    does: 'Whether a setup link still works',
    who: 'public',
    query: SetupLink,
    answers: { 200: z.object({ state: z.enum(['open', 'wrong', 'done']) }) },
    refuses: slow,
  },
  'POST /api/setup': {
    does: 'Creates the first account and signs it in',
    who: 'public',
    body: Setup,
    answers: { 201: personSchema },
    refuses: {
      ...slow,
      403: ['The setup token is wrong', 'The request is not from this site'],
      409: ['Already set up'],
    },
  },
  'POST /api/auth/sign-in/email': {
    does: 'Exchanges email and password for a session cookie',
    who: 'public',
    body: SignIn,
    answers: { 200: z.object({ signedIn: z.literal(true) }) },
    refuses: { ...slow, 403: ['The request is not from this site'] },
  },
  'POST /api/auth/sign-out': {
    does: 'Ends the session',
    who: 'public',
    answers: { 204: null },
    refuses: { 403: ['The request is not from this site'] },
  },
  'GET /api/me': {
    does: 'Who is signed in, or whose token this is',
    who: 'somebody',
    answers: { 200: ownAccountSchema },
  },
  'PATCH /api/me': {
    does: 'Changes what one says about oneself',
    who: 'session',
    body: OwnChange,
    answers: { 200: personSchema },
  },
  'POST /api/me/password': {
    does: 'Changes one’s own password',
    who: 'session',
    body: PasswordChange,
    answers: { 204: null },
  },
  'GET /api/me/sessions': {
    does: 'Where one is signed in',
    who: 'session',
    answers: { 200: z.object({ items: z.array(ownSessionSchema) }) },
  },
  'DELETE /api/me/sessions/:id': {
    does: 'Signs out there at once',
    who: 'session',
    answers: { 204: null },
    refuses: { 404: ['No such session'] },
  },
  'GET /api/people': {
    does: 'The people who may sign in',
    who: 'session editor',
    answers: { 200: z.object({ items: z.array(personSchema) }) },
  },
  'POST /api/people': {
    does: 'Adds a person',
    who: 'session editor',
    body: NewPerson,
    answers: { 201: personSchema },
    idempotent: true,
    refuses: { 409: ['The email address is taken'] },
  },
  'PATCH /api/people/:id': {
    does: 'Gives another role, bio or password',
    who: 'session editor',
    body: PersonChange,
    answers: { 200: personSchema },
    refuses: noPerson,
  },
  'DELETE /api/people/:id': {
    does: 'Ends a person’s access at once',
    who: 'session editor',
    answers: { 204: null },
    refuses: noPerson,
  },
  'GET /api/security-log': {
    does: 'Who got in, and who changed what people may do',
    who: 'session owner',
    query: securityLogQuery,
    answers: {
      200: z.object({
        items: z.array(z.looseObject({ id: z.int(), at: time, what: z.string() })),
        next: z.int().nullable(),
      }),
    },
  },
  'GET /api/tokens': {
    does: 'One’s own tokens, an owner’s answer has everybody’s',
    who: 'session',
    answers: { 200: z.object({ items: z.array(tokenSchema) }) },
  },
  'POST /api/tokens': {
    does: 'Creates an API token, shown once',
    who: 'session',
    body: newToken,
    answers: { 201: tokenMadeSchema },
    idempotent: true,
  },
  'DELETE /api/tokens/:id': {
    does: 'Revokes a token at once',
    who: 'session',
    answers: { 204: null },
    refuses: { 404: ['No such token'] },
  },
}
