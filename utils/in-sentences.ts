/** What the server refused, by field, as sentences: "must be chosen" stands beside its field as "Must be chosen."; of a part that has no field of its own its name is said too. The first about a field counts. */
export const inSentences = (errors: { path: string; message: string }[]): Record<string, string> =>
  Object.fromEntries(
    errors
      .map(({ path, message }) => [
        path,
        WITHIN.includes(path)
          ? refusalWords({ errors: [{ path, message }] }, '')
          : `${message[0]!.toUpperCase()}${message.slice(1)}.`,
      ])
      .reverse(),
  )

/** Typed into the field of another. */
const WITHIN = ['movie.year']
