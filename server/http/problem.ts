/** Every refusal leaves this server as a problem (RFC 9457): what is wrong, in words, and where. */
import { STATUS_CODES } from 'node:http'
import { H3Error } from 'h3'
import { anchorOf, type ProblemTitle } from '../../shared/problems'

/**
 * `path` names the field as sent, joined with dots ("movie.year", "tags.0"); `message` continues
 * the sentence ("must be a whole number").
 */
export interface FieldProblem {
  path: string
  message: string
}

/**
 * `headers` are sent with the answer; `members` are extra members of the problem (RFC 9457, 3.2),
 * such as the current version with a 412.
 */
export interface ProblemExtras {
  headers?: Record<string, string>
  members?: Record<string, unknown>
}

export class Problem extends H3Error {
  constructor(
    status: number,
    readonly title: ProblemTitle,
    readonly detail?: string,
    readonly errors?: FieldProblem[],
    readonly extras: ProblemExtras = {},
  ) {
    super(detail ?? title)
    this.name = 'Problem'
    this.statusCode = status
    this.statusMessage = STATUS_CODES[status] ?? 'Error'
  }

  /**
   * The body of the answer. `type` is made from the title, so the title names the kind of problem
   * (shared/problems.ts lists them all) and the detail this one case.
   */
  body() {
    return {
      ...this.extras.members,
      type: `/developers#${anchorOf(this.title)}`,
      title: this.title,
      status: this.statusCode,
      ...(this.detail && { detail: this.detail }),
      ...(this.errors?.length && { errors: this.errors }),
    }
  }
}

/**
 * Ends the request: `problem(404, 'No such review')`, `problem(422, 'Some fields are not valid',
 * undefined, [{ path, message }])`.
 */
export function problem(
  status: number,
  title: ProblemTitle,
  detail?: string,
  errors?: FieldProblem[],
  extras?: ProblemExtras,
): never {
  throw new Problem(status, title, detail, errors, extras)
}

/** 422 about one field: `refuse('email', 'must be an email address')`. */
export function refuse(path: string, message: string): never {
  throw new Problem(422, 'Some fields are not valid', `${path} ${message}.`, [{ path, message }])
}
