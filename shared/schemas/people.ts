/** What a person types to sign in or to get an account. */
import { z } from 'zod'
import { asOneLine } from '../one-line'

const EmailAddress = z.string().trim().max(254).pipe(z.email('must be an email address'))
/** Any characters; length in UTF-16 code units. */
const Password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(128, 'must have at most 128 characters')
const PersonName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must be one line')

/** One line, which the public may read; an empty one takes it away. */
const Bio = z
  .string()
  .transform(asOneLine)
  .pipe(
    z
      .string()
      .trim()
      .max(160)
      .regex(/^[^\p{Cc}\u202A-\u202E]*$/u, 'must not hold control characters'),
  )

export const SignIn = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(128),
})
export const Setup = z.object({
  token: z.string().max(200),
  name: PersonName,
  email: EmailAddress,
  password: Password,
})
/** The address of /setup. */
export const SetupLink = z.object({ token: z.string().max(200).default('') })
/** PATCH /api/people/:id: only what is sent changes. */
export const PersonChange = z.strictObject({
  role: z.enum(['owner', 'editor', 'critic']).optional(),
  password: Password.optional(),
  bio: Bio.optional(),
})
/** PATCH /api/me */
export const OwnChange = z.strictObject({ bio: Bio })
export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(128),
  password: Password,
  /** Otherwise the person's API tokens are revoked. */
  keepTokens: z.boolean().default(false),
})
export const NewPerson = z.object({
  name: PersonName,
  email: EmailAddress,
  password: Password,
  role: z.enum(['owner', 'editor', 'critic']).default('critic'),
})
