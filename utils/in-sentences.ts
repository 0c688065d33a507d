/** What the server refused, by field, as sentences: "must be chosen" stands beside its field as "Must be chosen." The first about a field counts. */
export const inSentences = (errors: { path: string, message: string }[]): Record<string, string> =>
  Object.fromEntries(errors.map(({ path, message }) => [path, `${message[0]!.toUpperCase()}${message.slice(1)}.`]).reverse())
