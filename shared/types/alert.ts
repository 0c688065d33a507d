/** An alert as the desk shows it: `says` what happened, `sample` is one reason, `todo` what to do, `link` where (a path); times are ISO 8601. */
export interface Alert {
  about: string
  says: string
  sample?: string
  todo: string
  link: string
  since: string
  lastAt: string
}
